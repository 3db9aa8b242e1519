import { expect, test } from '@jest/globals';
import { flagsInTheWay } from '../../../../src/app/change/flags-in-the-way.js';
import type { Context } from '../../../../src/app/context/command.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { temporaryHost } from '../../../support/node-host.js';

const context = {
  host: temporaryHost().host,
  options: { validate: true, root: null, dryRun: false },
} as unknown as Context;

const observed = (file: string | null) =>
  observedDaemon({
    startWords: ['/usr/sbin/dockerd', '-H', 'fd://'].map((word) => ({
      word,
      source: '/usr/lib/systemd/system/docker.service',
    })),
    ...(file !== null && {
      configFile: { content: { text: file }, mode: 0o644, uid: 0, gid: 0 },
    }),
  });

test('a key that a flag gives too may leave the file: dockerd does not start with both', async () => {
  const both = observed('{"hosts": ["fd://"]}');
  expect(await flagsInTheWay(context, both, { key: 'hosts', isRemoval: true })).toBeNull();
});

test.each([
  ['an edit', '{"hosts": ["fd://"]}', false],
  ['a removal from a file that has it not', '{}', true],
])('%s is told where to take out a flag that no file can have', async (_, file, isRemoval) => {
  await expect(
    flagsInTheWay(context, observed(file), { key: 'hosts', isRemoval }),
  ).rejects.toMatchObject({
    code: 'invalid-config',
    message: expect.stringContaining('(-H fd://) in /usr/lib/systemd/system/docker.service'),
    hint: expect.stringContaining('`systemctl edit docker.service`'),
  });
});
