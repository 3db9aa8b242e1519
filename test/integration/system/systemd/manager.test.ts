import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Host, RunResult } from '../../../../src/host/host.js';
import { findSupervision } from '../../../../src/system/systemd/manager.js';
import { asRoot, temporaryHost } from '../../../support/node-host.js';

/** A machine that systemd runs, whose systemctl answers so; null: there is no such program. */
function machine(systemctl: Partial<RunResult> | 'hangs' | null): Host {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  if (systemctl !== null) writeFileSync(join(root, 'usr/bin/systemctl'), '');
  const run: Host['exec']['run'] = () =>
    systemctl === null || systemctl === 'hangs'
      ? Promise.reject(new Error('no answer'))
      : Promise.resolve({ status: 0, stdout: '', stderr: '', timedOut: false, ...systemctl });
  return { ...asRoot(host), exec: { ...host.exec, run } };
}

const block = (id: string, load: string) => `Id=${id}\nLoadState=${load}\nActiveState=inactive\n`;
const answer = (load: string) => ({
  stdout: ['docker.service', 'docker.socket', 'snap.docker.dockerd.service']
    .map((id) => block(id, id.startsWith('snap') ? 'not-found' : load))
    .join('\n'),
});

test('a unit that systemd knows supervises, running or not', async () => {
  expect(await findSupervision(machine(answer('loaded')))).toMatchObject({
    manager: { unit: 'docker.service' },
    state: { activeState: 'inactive' },
  });
});

test('what systemd says it does not know is not there', async () => {
  expect(await findSupervision(machine(answer('not-found')))).toBeNull();
});

test('a systemd that gives no answer does not say that there is no unit', async () => {
  const refused = { status: 1, stderr: 'Failed to connect to bus: Connection timed out\n' };
  expect(await findSupervision(machine(refused))).toBe('silent');
  expect(await findSupervision(machine('hangs'))).toBe('silent');
});

test('without systemctl there is nobody to ask', async () => {
  expect(await findSupervision(machine(null))).toBeNull();
});
