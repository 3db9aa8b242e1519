import { describe, expect, test } from '@jest/globals';
import { effectiveConfig } from '../../../../../src/core/dockerd/config/effective.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const document = openDocument(
  Buffer.from('{\n  "debug": true,\n  "log-driver": "journald",\n  "mtu": 1400\n}\n'),
  '/etc/docker/daemon.json',
);
const UNIT = 'docker.service';
const startWords = [
  ['/usr/sbin/dockerd', UNIT],
  ['-H', UNIT],
  ['fd://', UNIT],
  ['-H', UNIT],
  ['tcp://127.0.0.1:1', UNIT],
  ['--log-opt', UNIT],
  ['tag=x', UNIT],
  ['--live-restore', '/etc/default/docker'],
  ['--max-concurrent-downloads=7', '/etc/systemd/system/docker.service.d/a.conf'],
].map(([word = '', source = '']) => ({ word, source }));
const observed = observedDaemon({
  argv: startWords.map(({ word }) => word),
  startWords,
  info: {
    Debug: false,
    LoggingDriver: 'journald',
    LiveRestoreEnabled: true,
    Driver: 'overlay2',
  },
});

describe('effectiveConfig', () => {
  const values = effectiveConfig(observed, document);
  const of = (key: string) => values.filter((value) => value.key === key);

  test.each([
    ['log-driver', 'journald', 'file', '/etc/docker/daemon.json:3', true],
    ['debug', false, 'running daemon', null, true],
    ['mtu', 1400, 'file', '/etc/docker/daemon.json:4', null],
    ['hosts', ['fd://', 'tcp://127.0.0.1:1'], 'flag', 'docker.service', true],
    ['live-restore', true, 'flag', '/etc/default/docker', true],
    ['log-opts', { tag: 'x' }, 'flag', 'docker.service', true],
    ['storage-driver', 'overlay2', 'running daemon', null, true],
    ['shutdown-timeout', 15, 'default', null, null],
  ])('%s is %j, from %s', (...[key, value, source, from, inForce]) => {
    expect(of(key)).toMatchObject([{ key, value, source, from, inForce }]);
  });

  test('names what the next start would take instead, who says so, and what it needs', () => {
    expect(of('debug')).toMatchObject([
      {
        pending: {
          value: true,
          source: 'file',
          from: '/etc/docker/daemon.json:2',
          remedy: 'reload',
        },
      },
    ]);
  });

  test('is sorted by name and leaves out keys of other engines', () => {
    const names = values.map(({ key }) => key);
    expect(names).toEqual([...names].sort());
    expect(of('default-stop-timeout')).toEqual([]);
  });

  test('names who else says something of a key', () => {
    const both = observedDaemon({ argv: ['dockerd', '--mtu', '1500'] });
    expect(effectiveConfig(both, document).filter(({ key }) => key === 'mtu')).toMatchObject([
      { source: 'file', value: 1400, also: [{ source: 'flag', value: 1500 }] },
    ]);
  });
});
