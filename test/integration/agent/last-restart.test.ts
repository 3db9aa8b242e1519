import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { lastRestart } from '../../../src/agent/last-restart.js';
import { REPAIR_TITLE } from '../../../src/core/agent/repair.js';
import { applyPlan } from '../../../src/system/transaction/apply.js';
import { fakeDaemon } from '../../support/fake-daemon.js';
import { temporaryHost } from '../../support/node-host.js';
import { readImage } from '../../../src/system/files/image.js';
import { image, OPTIONS, planOf } from '../../support/plans.js';

const PATH = '/etc/docker/daemon.json';

/** A machine whose dockerd was restarted by a plan of this title. */
async function restartedBy(title: string, commandLine = title) {
  const below = temporaryHost();
  const host = { ...below.host, self: { ...below.host.self, root: null } };
  mkdirSync(dirname(join(below.root, PATH)), { recursive: true });
  writeFileSync(join(below.root, PATH), '{}');
  const change = { path: PATH, before: readImage(host, PATH), after: image('{"a":1}') };
  const plan = planOf([change], { activation: { action: 'restart', reasons: [] } });
  await applyPlan(host, { ...plan, title }, { ...OPTIONS, commandLine, daemon: fakeDaemon() });
  return host;
}

test.each(['watch', '--json watch'])(
  'an agent that is started anew knows of the restart that the one before it, `dockerctl %s`, was at',
  async (commandLine) => {
    const host = await restartedBy(REPAIR_TITLE, commandLine);
    const last = lastRestart(host);
    expect(last).not.toBeNull();
    expect(Math.abs(host.clock.monotonic() - (last ?? 0))).toBeLessThan(60_000);
    const later = { ...host, clock: { ...host.clock, now: () => Date.now() + 601_000 } };
    expect(lastRestart(later)).toBeNull();
  },
);

test('the restart of a command keeps no agent from its own', async () => {
  expect(lastRestart(await restartedBy('config set debug true'))).toBeNull();
});
