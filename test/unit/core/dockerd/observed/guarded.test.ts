import { expect, test } from '@jest/globals';
import { guardedPaths } from '../../../../../src/core/dockerd/observed/guarded.js';

test('whoever can write daemon.json, its folder, or a file of the unit decides what dockerd does', () => {
  const unit = '/lib/systemd/system/docker.service';
  const dropIn = '/etc/systemd/system/docker.service.d/env.conf';
  const paths = guardedPaths({
    configPath: '/etc/docker/daemon.json',
    unitFiles: [unit, dropIn],
    startWords: [
      { word: 'dockerd', source: unit },
      { word: '--debug', source: '/etc/default/docker' },
      { word: '-H', source: 'the command line' },
    ],
  });
  expect(paths).toEqual([
    '/etc/docker',
    '/etc/docker/daemon.json',
    unit,
    dropIn,
    '/etc/default/docker',
  ]);
});
