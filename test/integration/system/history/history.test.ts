import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sha256 } from '../../../../src/core/plan/content.js';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { bytesBefore, readHistory } from '../../../../src/system/history/history.js';
import { readImage } from '../../../../src/system/files/image.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';

/** A machine where the file became 1, 2, 3 and 4, and what is read of that. */
async function machine() {
  const { host, root } = temporaryHost();
  mkdirSync(dirname(join(root, PATH)), { recursive: true });
  writeFileSync(join(root, PATH), '0');
  for (const text of ['1', '2', '3', '4'])
    await applyPlan(
      host,
      planOf([{ path: PATH, before: readImage(host, PATH), after: image(text) }]),
      OPTIONS,
    );
  const read: string[] = [];
  const fs: Host['fs'] = {
    ...host.fs,
    read: (path, most) => {
      read.push(path.replace(/^.*generations\/0*/, ''));
      return host.fs.read(path, most);
    },
  };
  return { host: { ...host, fs }, read };
}

describe('history is read no further than somebody looks', () => {
  test('by who wants the last change', async () => {
    const { host, read } = await machine();
    const [last] = readHistory(host);
    expect(last?.generation).toBe(4);
    expect(read).toEqual(['4/manifest.json']);
  });

  test('by who asks what a file was before', async () => {
    const { host, read } = await machine();
    const before = bytesBefore(host, PATH, sha256('3'));
    expect(Buffer.from(before ?? []).toString()).toBe('2');
    expect(read).toEqual(['4/manifest.json', '3/manifest.json', '3/before/0']);
  });
});
