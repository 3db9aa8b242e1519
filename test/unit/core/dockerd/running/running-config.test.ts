import { describe, expect, test } from '@jest/globals';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import {
  runningConfig,
  runningWithoutFile,
} from '../../../../../src/core/dockerd/running/running-config.js';
import type { Json, JsonObject } from '../../../../../src/core/formats/json/json-object.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const INFO = { DockerRootDir: '/var/lib/docker', CgroupVersion: '2', Driver: 'overlay2' };

/** What a dockerd that was started with the file `before` counts as having of it, when it becomes `after`. */
function running(before: JsonObject, after: JsonObject, info: JsonObject = {}): JsonObject {
  const observed = observedDaemon({
    version: '26.1.5',
    info: { ...INFO, ...info },
    witnesses: {
      ...NO_WITNESSES,
      environment: new Map(),
      reload: { kind: 'none' },
      fileIsOlder: true,
    },
  });
  const document = openDocument(Buffer.from(JSON.stringify(before)), '/d.json');
  return runningConfig(observed, document, { after, asked: Object.keys(after) });
}

// Each of these was a restart, or a reload, on 26.1.5 and 28.5.2, and changed nothing.
describe('a default that is written out, or taken out, is what dockerd has', () => {
  test.each<[string, Json]>([
    ['data-root', '/var/lib/docker'],
    ['data-root', '/var/lib/docker/'],
    ['exec-root', '/run/docker'],
    ['pidfile', '/var/run/docker.pid'],
    ['init-path', 'docker-init'],
    ['default-cgroupns-mode', 'private'],
    ['ip6tables', false],
    ['features', { cdi: false, buildkit: true, 'containerd-snapshotter': false }],
  ])('%s %j', (key, value) => {
    expect(running({}, { [key]: value })).toEqual({ [key]: value });
    expect(running({ [key]: value }, {})).toEqual({});
  });

  test.each<[string, Json]>([
    ['data-root', '/srv/docker'],
    ['ip6tables', true],
    ['features', { cdi: true }],
  ])('but not %s %j', (key, value) => {
    expect(running({}, { [key]: value })).not.toHaveProperty([key], value);
  });

  test('what dockerd chooses by itself may be another thing without the value', () => {
    const file = { 'storage-driver': 'overlay2' };
    expect(running(file, {})).toEqual(file);
  });
});

describe('of a file that dockerd cannot read', () => {
  const info = {
    ...INFO,
    Debug: true,
    RegistryConfig: { IndexConfigs: { 'r.test:5000': { Name: 'r.test:5000', Secure: false } } },
  };
  const observed = observedDaemon({ version: '26.1.5', info });

  test('what it shows beyond its defaults is what it has', () => {
    expect(runningWithoutFile(observed, {})).toEqual({
      debug: true,
      'insecure-registries': ['r.test:5000'],
    });
  });

  test('what nobody knows counts as not there', () => {
    expect(runningWithoutFile(observed, { mtu: 1400, debug: true })).toEqual({
      debug: true,
      'insecure-registries': ['r.test:5000'],
    });
  });
});
