import { expect, test } from '@jest/globals';
import { realHost } from '../../support/node-host.js';

const { exec } = realHost(null);

test('a program that is not there is said to be missing, whether named or given by path', async () => {
  for (const program of ['no-such-program', '/no/such/program'])
    await expect(exec.run([program])).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a program is found by name and by path, and answers with its status', async () => {
  for (const program of ['sh', '/bin/sh'])
    expect(await exec.run([program, '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      status: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
    });
});

test.each([
  ['is killed at its limit', 'sleep 1000 & wait', { status: null, timedOut: true }],
  ['has ended', 'echo said; sleep 1000 &', { status: 0, stdout: 'said\n', timedOut: false }],
])(
  'a program that %s is not waited for when what it started keeps its output open',
  async (_, script, expected) => {
    expect(await exec.run(['sh', '-c', script], { timeoutMs: 300 })).toMatchObject(expected);
  },
);
