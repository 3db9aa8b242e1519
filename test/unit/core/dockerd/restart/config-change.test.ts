import { expect, test } from '@jest/globals';
import { configChange } from '../../../../../src/core/dockerd/restart/config-change.js';
import { imageOf } from '../../../../support/doctor-facts.js';

const observed = { configPath: '/etc/docker/daemon.json', configFile: imageOf('{}') };

test('is what the plan does to daemon.json, and not to another file', () => {
  const other = { path: '/etc/other', before: null, after: imageOf('x') };
  const own = { path: observed.configPath, before: observed.configFile, after: null };
  expect(configChange({ changes: [other, own] }, observed)).toBe(own);
});

test('is the file as it stays, where the plan leaves it', () => {
  const stays = {
    path: observed.configPath,
    before: observed.configFile,
    after: observed.configFile,
  };
  expect(configChange({ changes: [] }, observed)).toEqual(stays);
});
