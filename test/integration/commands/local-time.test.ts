import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { withLocalTimes } from '../../../src/commands/text/local-time.js';
import { temporaryFolder } from '../../support/node-host.js';

// A zone is read once by a process: these are told of theirs before they start.
test.each([
  ['UTC', /^Would pause until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC or/],
  ['Asia/Shanghai', /^Would pause until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0800 or/],
  ['Etc/GMT+3', /^Would pause until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d -0300 or/],
])('in %s times are told in that zone', (TZ, shown) => {
  const words = ['pause', '--reason', 'moving', '--for', '2h', '--dry-run'];
  const told = () =>
    execFileSync(process.execPath, ['dist/dockerctl.cjs', ...words, '--root', temporaryFolder()], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    });
  expect(told()).toMatch(shown);
});

test('what is no time stays as it is', () => {
  expect(withLocalTimes('2026-11-30 and 10:00Z')).toBe('2026-11-30 and 10:00Z');
});
