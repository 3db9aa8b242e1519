import { expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import type { DaemonController } from '../../../../src/system/dockerd/control/controller.js';
import { fakeDaemon } from '../../../support/fake-daemon.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

test('Ctrl-C in the middle of a change is answered, also where no progress is shown', async () => {
  const handlers = new Map<string, () => void>();
  const below = temporaryHost().host;
  const on: Host['signals']['on'] = (name, handler) => {
    handlers.set(name, handler);
    return () => handlers.delete(name);
  };
  const host = { ...below, signals: { on }, self: { ...below.self, root: null } };
  const obedient = fakeDaemon();
  const daemon: DaemonController = {
    ...obedient,
    activate: (...asked) => {
      handlers.get('SIGINT')?.();
      return obedient.activate(...asked);
    },
  };
  const said: string[] = [];
  const note = (message: string) => said.push(message);
  const change = { path: '/etc/docker/daemon.json', before: null, after: image('{}') };
  const plan = planOf([change], { activation: { action: 'reload', reasons: [] } });
  const outcome = await applyPlan(host, plan, { ...OPTIONS, daemon, note });
  expect(outcome).toMatchObject({ status: 'applied' });
  expect(said).toEqual(['SIGINT is noted: this change is finished or undone first']);
  expect(handlers.size).toBe(0);
});
