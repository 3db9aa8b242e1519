import { describe, expect, test } from '@jest/globals';
import { compareWithRunning, untoldKeys } from '../../../../../src/core/dockerd/config/pending.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const path = '/etc/docker/daemon.json';
const info = {
  Debug: false,
  LoggingDriver: 'json-file',
  LiveRestoreEnabled: true,
  Labels: ['a=b'],
  DefaultRuntime: 'runc',
  Runtimes: { runc: {} },
  ExperimentalBuild: false,
  RegistryConfig: {
    Mirrors: ['https://old.example/'],
    IndexConfigs: {},
    InsecureRegistryCIDRs: [],
  },
};
const running = observedDaemon({ info, argv: ['dockerd', '--live-restore'] });

test('names what the daemon uses otherwise than the file, and what it does not show', () => {
  const text = '{"debug": true, "labels": ["a=b"], "insecure-registries": ["r:5000"], "mtu": 1400}';
  expect(compareWithRunning(running, openDocument(Buffer.from(text), path))).toEqual({
    pending: [
      {
        key: 'insecure-registries',
        value: ['r:5000'],
        differences: [expect.stringMatching(/lacks "r:5000"/)],
      },
      {
        key: 'registry-mirrors',
        value: null,
        differences: [expect.stringMatching(/old\.example/)],
      },
      {
        key: 'debug',
        value: true,
        differences: [expect.stringMatching(/is false, which is not true/)],
      },
    ],
    unseen: ['mtu'],
  });
});

test('knows nothing without an answer of the daemon', () => {
  const stopped = observedDaemon({ state: 'stopped', info: null });
  expect(compareWithRunning(stopped, openDocument(Buffer.from('{"debug": true}'), path))).toEqual({
    pending: [],
    unseen: ['debug'],
  });
});

describe('what docker info does not show', () => {
  const comparison = { pending: [], unseen: ['mtu'] };

  test('is perhaps not in force where the file was changed after dockerd read it', () => {
    expect(untoldKeys(comparison, { toldAt: 1_000, changedAt: 2_000 })).toEqual(['mtu']);
  });

  test.each([
    ['the file is older', { toldAt: 2_000, changedAt: 1_000 }],
    ['the file system only ticks coarsely', { toldAt: 1_000, changedAt: 1_050 }],
    ['nobody knows when dockerd read it', { toldAt: null, changedAt: 1_000 }],
  ])('is taken for in force where %s', (_, times) => {
    expect(untoldKeys(comparison, times)).toEqual([]);
  });
});
