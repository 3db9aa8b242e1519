import { expect, test } from '@jest/globals';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { closingCommand, guardedPaths } from '../../../../../src/core/dockerd/observed/guarded.js';

test('whoever can write daemon.json, its folder, or a file of the unit decides what dockerd does', () => {
  const unit = '/lib/systemd/system/docker.service';
  const dropIn = '/etc/systemd/system/docker.service.d/env.conf';
  const startEnvironment = new Map([['LD_PRELOAD', { value: '/x', source: '/etc/default/env' }]]);
  const paths = guardedPaths({
    witnesses: { ...NO_WITNESSES, startEnvironment },
    configPath: '/etc/docker/daemon.json',
    unitFiles: [unit, dropIn],
    startWords: [
      { word: '/srv/dockerd', source: unit },
      { word: '--debug', source: '/etc/default/docker' },
      { word: '-H', source: 'the command line' },
    ],
  });
  expect(paths).toEqual([
    '/etc/docker',
    '/etc/docker/daemon.json',
    unit,
    dropIn,
    '/lib/systemd/system',
    '/etc/systemd/system/docker.service.d',
    '/etc/default/docker',
    '/etc/default/env',
    '/srv/dockerd',
  ]);
});

test('a link into a folder of others is closed by a copy in its place: the folder stays theirs', () => {
  const linked = { from: '/etc/docker/daemon.json', to: '/home/bob/my daemon.json' };
  expect(closingCommand({ path: '/home/bob', mode: 0o755, uid: 1000, gid: 1000, linked })).toBe(
    "cp --remove-destination '/home/bob/my daemon.json' /etc/docker/daemon.json",
  );
});
