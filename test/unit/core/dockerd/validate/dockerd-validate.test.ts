import { describe, expect, test } from '@jest/globals';
import {
  dockerdsWords,
  validationArgv,
} from '../../../../../src/core/dockerd/validate/dockerd-validate.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const path = '/run/dockerctl/candidate.json';
const candidate = Buffer.from('{"debug":true}');

describe('validationArgv', () => {
  test('asks with the flags of the unit, its own --config-file taken out', () => {
    const argv = [
      '/usr/bin/dockerd',
      '-H',
      'fd://',
      '--config-file',
      '/a',
      '--config-file=/b',
      '--mtu=9',
    ];
    expect(validationArgv(observedDaemon({ argv }), { candidate, path })).toEqual([
      '/usr/bin/dockerd',
      '-H',
      'fd://',
      '--mtu=9',
      '--validate',
      '--config-file',
      path,
    ]);
  });

  test.each([
    ['before 23.0', { version: '20.10.24' }],
    ['of unknown version', { version: null }],
    ['that is no dockerd', { argv: ['/snap/docker/run.sh'] }],
    ['nobody knows how to start', { argv: [] }],
    ['with userns-remap as a flag', { argv: ['/usr/bin/dockerd', '--userns-remap=default'] }],
  ])('a dockerd %s is not asked', (_, parts) => {
    expect(validationArgv(observedDaemon(parts), { candidate, path })).toBeNull();
  });

  test('it is not asked about userns-remap: it would create users', () => {
    const remap = Buffer.from('{"userns-remap":"default"}');
    expect(validationArgv(observedDaemon(), { candidate: remap, path })).toBeNull();
  });
});

test('of a command line that dockerd refuses its words are told, and not how the program ends', () => {
  const stderr = "Status: unknown flag: --foo\nSee 'dockerd --help'.\n, Code: 125\n";
  expect(dockerdsWords(stderr, { path, configPath: '/etc/docker/daemon.json' })).toBe(
    'unknown flag: --foo',
  );
});

test('dockerd’s words name the real file', () => {
  const stderr = `warning\nunable to configure the Docker daemon with file ${path}: the following directives\n`;
  expect(dockerdsWords(stderr, { path, configPath: '/etc/docker/daemon.json' })).toBe(
    'unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives',
  );
});
