import { expect, test } from '@jest/globals';
import { compareWithRunning } from '../../../../../src/core/dockerd/config/pending.js';
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
        key: 'debug',
        value: true,
        remedy: 'reload',
        differences: ['dockerd has false (/info/Debug), and its next start would take true'],
      },
      {
        key: 'insecure-registries',
        value: ['r:5000'],
        remedy: 'reload',
        differences: [expect.stringMatching(/dockerd has \[\] .*"r:5000"/)],
      },
      {
        key: 'registry-mirrors',
        value: null,
        remedy: 'restart',
        differences: [expect.stringMatching(/old\.example/)],
      },
    ],
    unseen: ['mtu'],
    isRestUnknown: expect.any(Boolean),
    inferred: [],
  });
});

test.each(['{"labels": ["x=1"]}', '{"labels": ["a=b"]}', '{"labels": []}'])(
  'what file and flag both say keeps dockerd from its next start, whatever the file says: %s',
  (text) => {
    const argv = ['/usr/bin/dockerd', '--label', 'a=b'];
    const words = argv.map((word) => ({ word, source: '/etc/default/docker' }));
    const both = observedDaemon({ info, argv, startWords: words });
    const { pending } = compareWithRunning(both, openDocument(Buffer.from(text), path));
    expect(pending.find(({ key }) => key === 'labels')).toMatchObject({
      remedy: 'one place',
      differences: [
        'dockerd has ["a=b"] (/info/Labels), and does not start again: both the file and a flag say labels',
      ],
    });
  },
);

test('knows nothing without an answer of the daemon', () => {
  const stopped = observedDaemon({ state: 'stopped', info: null });
  expect(compareWithRunning(stopped, openDocument(Buffer.from('{"debug": true}'), path))).toEqual({
    pending: [],
    unseen: [],
    isRestUnknown: expect.any(Boolean),
    inferred: [],
  });
});
