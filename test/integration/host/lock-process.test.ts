import { execFileSync } from 'node:child_process';

import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../support/node-host.js';

/** A process that only waits for its lock to be released must not end before it has. */
test('releasing the lock keeps the process alive until it is free', () => {
  const root = temporaryFolder();
  const argv = ['--root', root, 'config', 'set', 'debug', 'true'];
  const answer = execFileSync(process.execPath, [resolve('dist/dockerctl.cjs'), ...argv], {
    encoding: 'utf8',
  });
  expect(answer).toContain('Created /etc/docker/daemon.json');
});
