import { describe, expect, test } from '@jest/globals';
import { DockerctlError } from '../../../../src/errors.js';
import {
  contested,
  notRestored,
  reasonWith,
  rollbackFailed,
  rolledBack,
  stranded,
} from '../../../../src/core/transaction/rollback-error.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { WEB } from '../../../support/plans.js';

const refused = new DockerctlError({
  ...{ code: 'daemon-refused', message: 'dockerd said no', hint: '`dockerctl config edit`' },
  details: { line: 3 },
});

describe('a change that was taken back says no more than was looked at', () => {
  test.each([
    ['all is as before', {}, {}, 'The old files are back and dockerd is as it was'],
    [
      'nobody told dockerd',
      {},
      { told: 'none' as const },
      'The old files are back and dockerd was not told of the change',
    ],
    ['no file was changed', {}, { changed: false }, 'No file was changed and dockerd is as it was'],
    [
      'a look showed a difference',
      { pending: ['web runs no longer', 'dockerd is down'] },
      {},
      'The old files are back; web runs no longer; dockerd is down',
    ],
    [
      'somebody else wrote one',
      { kept: ['/etc/docker/daemon.json'], pending: ['x'] },
      {},
      "What is ours of the files is as before; /etc/docker/daemon.json is somebody else's by now and was kept; x",
    ],
  ])('%s', (_, left, told, sentence) => {
    const error = rolledBack(refused, { pending: [], kept: [], ...left }, told);
    expect(error).toMatchObject({
      ...{ code: 'rolled-back', message: `dockerd said no. ${sentence}` },
      ...{ hint: '`dockerctl config edit`', details: { line: 3 } },
    });
  });

  test('by an error that nobody foresaw, too', () => {
    expect(rolledBack(new Error('EIO'), { pending: [], kept: [] })).toMatchObject({
      hint: 'look at `dockerctl daemon logs`',
      message: expect.stringMatching(/^EIO\. /),
    });
  });
});

test('a file that somebody else wrote meanwhile', () => {
  expect(contested('/x', null).message).toBe(
    '/x was changed by somebody else while dockerd was told of the change',
  );
  expect(contested('/x', refused)).toMatchObject({
    code: 'stale-plan',
    message: expect.stringMatching(/: dockerd said no$/),
  });
});

describe('a dockerd that cannot be told of the old files', () => {
  test('and does not answer may have read the new ones', () => {
    const error = notRestored(observedDaemon({ containers: [WEB] }), 'unanswering');
    expect(error.code).toBe('no-daemon');
    expect(error.message).toMatch(/\(pid 4711\).* may have read the new files.*; running: web$/);
    expect(notRestored(observedDaemon({ pid: null }), 'unanswering').message).toMatch(
      /^dockerd does not answer[^;]*$/,
    );
  });

  test('for its containers would stop', () => {
    const hostile = { ...WEB, name: 'a\u001b[2J' };
    const error = notRestored(observedDaemon({ containers: [WEB, hostile] }), 'would-stop');
    expect(error.message).toMatch(/would stop web, a\\x1b\[2J$/);
    expect(error.hint).toContain('`dockerctl daemon restart --containers stop`');
  });
});

describe('a dockerd that did not come back', () => {
  const down = new DockerctlError({ code: 'daemon-down', message: 'dockerd is down', hint: 'h' });
  const left = { containers: ['web'], inDanger: true, dependents: ['traefik.service'] };

  test('is not started before live-restore stands in the file', () => {
    const error = stranded(down, left) as DockerctlError;
    expect(error.message).toBe(
      'dockerd is down; without it web still run, but its next start would stop them; systemd may have stopped traefik.service with it',
    );
    expect(error.hint.match(/`[^`]+`/g)).toEqual([
      '`systemctl stop docker.socket docker`',
      '`dockerctl daemon logs`',
      '`dockerctl config set live-restore true --activate never`',
      '`systemctl start docker traefik.service`',
    ]);
  });

  test('whose containers nobody could name', () => {
    const error = stranded(down, { ...left, containers: [], dependents: [] }) as DockerctlError;
    expect(error.message).toMatch(/without it its containers still run/);
    expect(error.hint).toMatch(/`systemctl start docker`$/);
  });

  test.each([
    ['where nothing is in danger', down, { ...left, inDanger: false, dependents: [] }],
    ['by another error', refused, left],
    ['by what is no error of ours', new Error('x'), left],
  ])('%s is told as it is', (_, cause, what) => {
    expect(stranded(cause, what)).toBe(cause);
  });
});

test('what failed on the way back is told with the first cause', () => {
  const failure = new Error('EROFS');
  expect(reasonWith('no', [])).toBe('no');
  expect(reasonWith('no', [failure, refused])).toBe(
    'no. Bringing back the old state failed too: EROFS; dockerd said no',
  );
  expect(rollbackFailed(refused, [failure, refused])).toMatchObject({
    ...{ code: 'rollback-failed', hint: '`dockerctl config edit`', cause: refused },
    details: { failures: ['EROFS', 'dockerd said no'] },
  });
  expect(rollbackFailed(refused, [failure]).hint).toMatch(/`dockerctl doctor`$/);
});
