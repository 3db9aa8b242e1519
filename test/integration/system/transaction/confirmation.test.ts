import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { keptSentences } from '../../../../src/core/transaction/concurrent-edit.js';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { confirmChange, undoWaiting } from '../../../../src/system/transaction/confirmation.js';
import { readGeneration } from '../../../../src/system/history/generation.js';
import { readImage } from '../../../../src/system/files/image.js';
import { hasJournal } from '../../../../src/system/history/journal.js';
import { recover } from '../../../../src/system/transaction/recover.js';
import { fakeDaemon } from '../../../support/fake-daemon.js';
import { fakeSystemd } from '../../../support/fake-systemd.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';
const CERTIFICATE = '/etc/docker/certs.d/registry/ca.crt';
const THEIRS = '{"theirs":1}';

/** A change of two files that waits, and somebody else's daemon.json over it. */
async function waiting() {
  const { host: below, root } = fakeSystemd();
  const ran: string[] = [];
  const host: Host = {
    ...below,
    exec: {
      ...below.exec,
      run: (argv, options) => {
        ran.push(argv.join(' '));
        return below.exec.run(argv, options);
      },
    },
  };
  for (const folder of ['etc/docker/certs.d/registry', 'etc/systemd/system'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, PATH), '{"debug":false}');
  const changes = [
    { path: CERTIFICATE, before: null, after: image('CA') },
    { path: PATH, before: readImage(host, PATH), after: image('{"debug":true}') },
  ];
  const daemon = fakeDaemon();
  await applyPlan(host, planOf(changes, { activation: { action: 'restart', reasons: [] } }), {
    ...OPTIONS,
    daemon,
    confirmWithinMs: 60_000,
    commandLine: 'config set debug true',
  });
  writeFileSync(join(root, PATH), THEIRS);
  const options = { daemon, timeoutMs: 1000, lockTimeoutMs: 0, commandLine: 'confirm' };
  return { host, root, ran, daemon, options, text: () => readFileSync(join(root, PATH), 'utf8') };
}

describe('a change that waits for its confirmation, over which somebody else wrote', () => {
  test('still waits', async () => {
    const { host, daemon, text } = await waiting();
    expect(await recover(host, { daemon, timeoutMs: 1000, force: false })).toMatchObject({
      did: 'leave',
    });
    expect(text()).toBe(THEIRS);
  });

  test('is taken back when its time is over, but for their file, and dockerd is left alone', async () => {
    const { host, daemon, text } = await waiting();
    const { did, left } = await recover(host, { daemon, timeoutMs: 1000, force: 1 });
    expect({ did, kept: left.kept }).toEqual({ did: 'roll-back', kept: [PATH] });
    expect(left.pending).toEqual([expect.stringContaining('dockerctl daemon restart')]);
    expect({ text: text(), certificate: readImage(host, CERTIFICATE) }).toEqual({
      text: THEIRS,
      certificate: null,
    });
    expect(daemon.asked).toEqual(['restart']);
    expect(readGeneration(host, 1)?.result).toMatchObject({
      status: 'rolled-back',
      kept: [PATH],
      pending: [expect.stringContaining('dockerd was left alone')],
    });
  });

  test('is not said to be undone by a rollback', async () => {
    const { host, daemon, options, text } = await waiting();
    await expect(undoWaiting(host, options)).rejects.toMatchObject({
      code: 'stale-plan',
      message: expect.stringContaining(keptSentences([PATH]).join()) as unknown,
      hint: expect.stringContaining('dockerctl status') as unknown,
    });
    expect({ text: text(), asked: daemon.asked }).toEqual({ text: THEIRS, asked: ['restart'] });
    expect(hasJournal(host)).toBe(false);
  });

  test('is confirmed as far as it is ours, and its timer goes', async () => {
    const { host, daemon, options, ran, text } = await waiting();
    expect(await confirmChange(host, options)).toMatchObject({ generation: 1 });
    expect({ text: text(), asked: daemon.asked }).toEqual({ text: THEIRS, asked: ['restart'] });
    expect(readImage(host, CERTIFICATE)).not.toBeNull();
    expect(readGeneration(host, 1)?.result).toMatchObject({ status: 'applied', kept: [PATH] });
    expect(ran.at(-1)).toBe('systemctl stop dockerctl-undo-1-unconfirmed.timer');
  });
});
