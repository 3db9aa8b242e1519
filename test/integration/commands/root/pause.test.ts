import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { machine } from '../../../support/certs.js';

test('a dry run of pause and resume changes nothing', async () => {
  const host = machine();
  const pause = ['pause', '--reason', 'why', '--for', '2h', '--dry-run'];
  expect((await host.run(...pause)).stdout).toMatch(/^Would pause until /);
  expect(existsSync(host.at('/var/lib/dockerctl'))).toBe(false);
  await host.data('pause', '--reason', 'why');
  const before = host.text('/var/lib/dockerctl/pause.json');
  expect((await host.run('resume', '--dry-run')).stdout).toMatch(/^Repairs would go on, and what /);
  expect(host.text('/var/lib/dockerctl/pause.json')).toBe(before);
});
