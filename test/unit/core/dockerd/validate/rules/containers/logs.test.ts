import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { neededBy, saidAt, verdictOf, type Row } from '../../../../../../support/judge-config.js';

test.each<[string, HostFacts, string[]]>([
  [
    '{"log-driver": "loki"}',
    { logDrivers: ['json-file'], logPlugins: () => [] },
    ['error bad-log-driver 1:2'],
  ],
  // /info lists no plugins.
  ['{"log-driver": "loki"}', { logDrivers: ['json-file'], logPlugins: () => ['loki'] }, []],
  ['{"log-driver": "loki"}', { logPlugins: () => [] }, ['error bad-log-driver 1:2']],
  ['{"log-driver": "loki", "log-opts": {"a": "b"}}', { logDrivers: ['loki'] }, []],
])('what the engine lists decides: %s with %j', (text, host, expected) => {
  expect(saidAt(text, { host })).toEqual(expected);
});

test('an option of a log may have the name of what every object has', () => {
  expect(saidAt('{"log-opts": {"constructor": "x"}}')).toEqual(['error bad-log-option 1:15']);
});

test('a flag chooses the driver where the file is silent', () => {
  expect(saidAt('{"log-opts": {"tag": "x"}}', { argv: ['--log-driver', 'local'] })).toEqual([
    'error bad-log-option 1:15',
  ]);
});

test('the size of a log without a unit is bytes, which nobody means by ten', () => {
  expect(saidAt('{"log-opts": {"max-size": "10"}}')).toEqual(['warning log-size-in-bytes 1:15']);
  expect(saidAt('{"log-opts": {"max-size": "10485760"}}')).toEqual([]);
  expect(saidAt('{"log-opts": {"max-size": "10m"}}')).toEqual([]);
});

/** The driver is looked at only where there are options (moby daemon/logs.go). */
describe('a driver that this engine does not have', () => {
  const misspelt = 'error bad-log-driver log-driver -> write "json-file"';
  const other =
    'error bad-log-driver log-driver -> write "json-file", "local" or "journald", or install and enable the plugin: `docker plugin ls` shows those';

  test.each<Row>([
    [{ 'log-driver': 'jsonfile' }, {}, ['no container', misspelt]],
    [{ 'log-driver': 'jsonfile', 'log-opts': { tag: 'x' } }, {}, ['no start', misspelt]],
    [
      { 'log-driver': 'loki' },
      { host: { logDrivers: ['json-file'], logPlugins: () => [] } },
      ['no container', other],
    ],
    [{ 'log-driver': 'none', 'log-opts': { whatever: 'x' } }, {}, ['works']],
    // Removed in 25.
    [
      { 'log-driver': 'logentries', 'log-opts': { 'logentries-token': 't' } },
      { engine: '25' },
      ['no start', other],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('may be a plugin of another data-root', () => {
    const host: HostFacts = { logPlugins: (root) => (root === '/srv' ? ['loki'] : []) };
    expect(verdictOf({ 'log-driver': 'loki', 'data-root': '/srv' }, { host })).toEqual(['works']);
  });

  test('may be a plugin, or one that packages leave out, where nobody could ask', () => {
    const seen: HostFacts = { logDrivers: ['json-file'], logPlugins: () => null };
    expect(neededBy({ 'log-driver': 'loki' }, { host: seen })).toEqual([
      'log-driver: loki, for logging',
    ]);
    expect(neededBy({ 'log-driver': 'loki' })).toEqual(['log-driver: loki, for logging']);
    expect(neededBy({ 'log-driver': 'gcplogs' })).toContain(
      'log-driver: the logging driver gcplogs, which not every package of dockerd has',
    );
  });
});

describe('options of the driver', () => {
  test.each<Row>([
    [{ 'log-opts': { mode: 'non-blocking', 'max-buffer-size': '4m' } }, {}, ['works']],
    [
      { 'log-opts': { 'syslog-address': 'udp://h:1' } },
      {},
      ['no start', 'error bad-log-option log-opts.syslog-address -> remove "syslog-address"'],
    ],
    [
      { 'log-opts': { mode: 'fast' } },
      {},
      ['no start', 'error bad-log-option log-opts.mode -> correct mode'],
    ],
    [
      { 'log-opts': { 'max-buffer-size': '4m' } },
      {},
      ['no start', 'error bad-log-option log-opts.max-buffer-size -> correct max-buffer-size'],
    ],
    [
      { 'log-opts': { 'cache-disabled': 'maybe' } },
      {},
      ['no start', 'error bad-log-option log-opts.cache-disabled -> correct cache-disabled'],
    ],
    [
      { 'log-driver': 'gelf', 'log-opts': { tag: 'x' } },
      {},
      ['no start', 'error bad-log-option log-opts.gelf-address -> add gelf-address to log-opts'],
    ],
    [
      {},
      { argv: ['--log-driver=local', '--log-opt=tag=x'] },
      [
        'no start',
        'error bad-flag-value --log-opt=tag=x -> remove "tag", in the unit: `systemctl cat docker.service`',
      ],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
