import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('doctor refuses a code that no finding has', async () => {
  expect(await rootWith('{}').run('doctor', '--fix', 'nonsense-code')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('"nonsense-code" is not the code of a finding'),
  });
});

test('the same mistake in several places is one paragraph with its places', async () => {
  const root = rootWith('{\n  // a\n  "debug": true, // b\n  "mtu": 1450 // c\n}\n');
  const { stdout } = await root.run('doctor');
  const path = root.at('/etc/docker/daemon.json');
  expect(stdout.match(/\[comment\]/g)).toHaveLength(1);
  expect(stdout.replace(/\s+/g, '')).toContain(`${path}:2:3,3:18,4:15`);
  expect(stdout).toContain('3 errors');
});
