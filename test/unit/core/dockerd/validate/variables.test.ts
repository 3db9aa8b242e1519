import { expect, test } from '@jest/globals';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { variableFaults } from '../../../../../src/core/dockerd/validate/variables.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { referenceHost } from '../../../../support/reference-host.js';

const SOURCE = '/etc/systemd/system/docker.service.d/env.conf';
const faults = (name: string, value: string, version: string) => {
  const startEnvironment = new Map([[name, { value, source: SOURCE }]]);
  const observed = observedDaemon({ version, witnesses: { ...NO_WITNESSES, startEnvironment } });
  return variableFaults(observed, referenceHost(version)).map((fault) => [
    fault.name,
    fault.source,
  ]);
};

/** moby daemon/daemon.go: DOCKER_DRIVER has the word before file and flag. */
test.each([
  ['overlay2', false],
  ['vfs', false],
  ['aufs', true],
  ['nonsense', true],
  ['', false],
])('DOCKER_DRIVER=%j stops the next start: %s', (driver, stops) => {
  expect(faults('DOCKER_DRIVER', driver, '28.5.2')).toEqual(
    stops ? [['DOCKER_DRIVER', SOURCE]] : [],
  );
});

/** moby daemon/command, initializeAPIVersion, since 25.0: 1.24 and up. */
test.each([
  ['1.24', '28.5.2', false],
  ['1.44', '26.1.5', false],
  ['1.23', '28.5.2', true],
  ['v1.44', '28.5.2', true],
  ['2.0', '26.1.5', true],
  ['2.0', '20.10.24', false],
])('DOCKER_MIN_API_VERSION=%j stops dockerd %s: %s', (api, version, stops) => {
  expect(faults('DOCKER_MIN_API_VERSION', api, version)).toHaveLength(stops ? 1 : 0);
});

test('other variables stop nothing', () => {
  expect(faults('DOCKER_HOST', 'nonsense', '28.5.2')).toEqual([]);
});
