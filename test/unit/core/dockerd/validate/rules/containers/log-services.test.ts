import { describe, expect, test } from '@jest/globals';
import { neededBy, verdictOf } from '../../../../../../support/judge-config.js';

const log = (driver: string, options: Readonly<Record<string, string>> = {}) => ({
  'log-driver': driver,
  ...(Object.keys(options).length > 0 && { 'log-opts': options }),
});

describe('who must answer before a container starts', () => {
  test.each<[object, string[]]>([
    [log('fluentd'), ['log-driver: a fluentd that answers at 127.0.0.1:24224']],
    [
      log('fluentd', { 'fluentd-address': 'logs.corp' }),
      ['log-opts.fluentd-address: a fluentd that answers at logs.corp:24224'],
    ],
    [
      log('fluentd', { 'fluentd-address': 'unix:///run/f.sock' }),
      ['log-opts.fluentd-address: a fluentd that listens on /run/f.sock'],
    ],
    [log('fluentd', { 'fluentd-async': 'true' }), []],
    [log('syslog'), []],
    [
      log('syslog', { 'syslog-address': 'tcp://10.0.0.1:514' }),
      ['log-opts.syslog-address: a server that answers at tcp://10.0.0.1:514'],
    ],
    [
      log('syslog', { 'syslog-address': 'udp://10.0.0.1:514' }),
      ['log-opts.syslog-address: a route to 10.0.0.1:514'],
    ],
    [log('syslog', { 'syslog-address': 'udp://127.0.0.1:514' }), []],
    [
      log('splunk', { 'splunk-url': 'https://s.corp:8088', 'splunk-token': 't' }),
      ['log-opts.splunk-url: a Splunk collector that answers at https://s.corp:8088'],
    ],
    [
      log('splunk', {
        'splunk-url': 'https://s.corp:8088',
        'splunk-token': 't',
        'splunk-verify-connection': 'false',
      }),
      [],
    ],
  ])('%j', (config, needs) => {
    expect(neededBy(config)).toEqual(needs);
    expect(verdictOf(config)).toEqual(['works']);
  });
});

describe("of this machine's own ports what listens is known", () => {
  const on = (port: number) => ({ listensAt: (asked: number) => asked === port });

  test('something does, or nothing', () => {
    expect(verdictOf(log('fluentd'), { host: on(24224) })).toEqual(['works']);
    expect(verdictOf(log('fluentd'), { host: on(1) })).toEqual([
      'no container',
      'error bad-log-option log-driver -> start it, or add "fluentd-async": "true"',
    ]);
    expect(
      verdictOf(log('syslog', { 'syslog-address': 'tcp://127.0.0.1:514' }), { host: on(1) }),
    ).toEqual([
      'no container',
      'error bad-log-option log-opts.syslog-address -> start it, or correct syslog-address',
    ]);
  });

  test('of another machine it is not', () => {
    const config = log('syslog', { 'syslog-address': 'tcp://10.0.0.1:514' });
    expect(neededBy(config, { host: on(1) })).toHaveLength(1);
  });
});
