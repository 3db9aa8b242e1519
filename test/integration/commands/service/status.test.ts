import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('what `service install --root` has put there is installed, and runs nowhere', async () => {
  const machine = rootWith(null);
  expect((await machine.run('service', 'status')).stdout).toContain('not installed');
  await machine.run('adopt');
  expect((await machine.run('service', 'install')).status).toBe(0);
  const { stdout } = await machine.run('service', 'status');
  expect(stdout).toBe('dockerctl.service is inactive\n');
});
