import { describe, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM_STATE } from '../../../../src/core/transaction/state-paths.js';
import type { Host } from '../../../../src/host/host.js';
import { confirmChange } from '../../../../src/system/transaction/confirmation.js';
import { readPast } from '../../../../src/system/history/history.js';
import { refuseToSayNone } from '../../../../src/system/history/state-access.js';
import { temporaryHost } from '../../../support/node-host.js';

/** Joe without sudo; his files and root's are in a folder. */
function joesHost({ rootHasState }: { readonly rootHasState: boolean }): Host {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, 'home'));
  if (rootHasState) mkdirSync(join(root, SYSTEM_STATE), { recursive: true });
  const env = { HOME: '/home', XDG_RUNTIME_DIR: '/home' };
  return { ...host, self: { ...host.self, uid: 1000, user: 'joe', root: null, env } };
}

const confirm = (host: Host) =>
  confirmChange(host, { daemon: null, timeoutMs: 0, lockTimeoutMs: 0, commandLine: 'confirm' });

describe('without sudo, where root has changed the machine', () => {
  const host = () => joesHost({ rootHasState: true });
  const hidden = (command: string) =>
    expect.objectContaining({
      code: 'not-permitted',
      message: expect.stringContaining('that joe made; those of root only root can see'),
      hint: `sudo dockerctl ${command}`,
    });

  test('a change is never said to be none', async () => {
    await expect(confirm(host())).rejects.toThrow(hidden('confirm'));
    expect(() => readPast(host(), null)).toThrow(hidden('config rollback'));
    expect(() => readPast(host(), 3)).toThrow(hidden('config rollback 3'));
    expect(() => {
      refuseToSayNone(host(), 'recover');
    }).toThrow(hidden('recover'));
  });
});

test('where root has no changes there are none', async () => {
  const host = joesHost({ rootHasState: false });
  await expect(confirm(host)).rejects.toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => readPast(host, null)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(() => {
    refuseToSayNone(host, 'recover');
  }).not.toThrow();
});
