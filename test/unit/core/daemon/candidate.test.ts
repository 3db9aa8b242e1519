import { describe, expect, test } from '@jest/globals';
import {
  candidateOf,
  newFlagErrors,
  validationArgv,
  verdictOf,
} from '../../../../src/core/daemon/candidate.js';
import { image, planOf } from '../../../support/plans.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { referenceHost } from '../../../support/reference-host.js';

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

test('the candidate is what dockerd would read after the plan', () => {
  const { configPath } = observedDaemon();
  const change = { path: configPath, before: null, after: image('{"debug":true}') };
  expect(candidateOf(planOf([change]), observedDaemon())).toEqual(candidate);
  expect(candidateOf(planOf([{ ...change, after: null }]), observedDaemon())).toBeNull();
  expect(candidateOf(planOf([{ ...change, path: '/x' }]), observedDaemon())).toBeNull();
});

test('the verdict names the real file', () => {
  const stderr = `warning\nunable to configure the Docker daemon with file ${path}: the following directives\n`;
  expect(verdictOf(stderr, { path, configPath: '/etc/docker/daemon.json' })).toBe(
    'unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives',
  );
});

describe('newFlagErrors', () => {
  const configFile = image('{"log-level":"info"}');
  const errors = (...flags: string[]) =>
    newFlagErrors(
      observedDaemon({
        configFile,
        startWords: ['/usr/sbin/dockerd', '-H', 'fd://', ...flags].map((word) => ({
          word,
          source: '/lib/systemd/system/docker.service',
        })),
      }),
      referenceHost('26.1.5'),
    ).map(({ code }) => code);

  test('are none while the unit is as it was, and none of flags that dockerd knows', () => {
    expect(errors()).toEqual([]);
    expect(errors('--mtu=1400')).toEqual([]);
  });

  test('are flags that dockerd does not know, and those that the file gives too', () => {
    expect(errors('--log-levl', 'debug')).toContain('bad-flag');
    expect(errors('--log-level=debug')).toEqual(['flag-and-file']);
  });
});
