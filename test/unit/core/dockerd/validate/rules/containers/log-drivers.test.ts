import { describe, expect, test } from '@jest/globals';
import {
  BUILT_IN_LOG_OPTIONS,
  LOG_DRIVERS,
} from '../../../../../../../src/core/dockerd/validate/rules/containers/log-drivers.js';
import { judge, verdictOf } from '../../../../../../support/judge-config.js';

const refused = (driver: string, option: string, value: string, engine = '28.5.2') =>
  !judge(
    {
      'log-driver': driver,
      'log-opts': {
        ...(driver === 'gelf' && { 'gelf-address': 'udp://10.0.0.1:12201' }),
        ...(driver === 'awslogs' && { 'awslogs-group': 'g' }),
        [option]: value,
      },
    },
    { engine },
  ).starts;

/** moby daemon/logger, ValidateLogOpt of each. */
describe('what a validator takes at a start', () => {
  test.each([
    ['syslog', 'syslog-address', 'udp://10.0.0.1:514', '10.0.0.1:514'],
    ['syslog', 'syslog-facility', 'daemon', 'nobody'],
    ['syslog', 'syslog-facility', '23', '24'],
    ['syslog', 'syslog-format', 'rfc5424micro', 'rfc1'],
    ['gelf', 'gelf-address', 'tcp://10.0.0.1:12201', 'http://10.0.0.1'],
    ['gelf', 'gelf-compression-level', '-1', '10'],
    ['gelf', 'gelf-compression-type', 'zlib', 'bzip2'],
    ['fluentd', 'fluentd-address', 'unix:///run/fluentd.sock', 'http://10.0.0.1:24224'],
    ['fluentd', 'fluentd-async', 'true', 'maybe'],
    ['fluentd', 'fluentd-buffer-limit', '8m', 'much'],
    ['fluentd', 'fluentd-retry-wait', '1s', '1'],
    ['awslogs', 'awslogs-create-group', 'false', 'no'],
    ['awslogs', 'awslogs-format', 'json/emf', 'json'],
  ])('%s: %s %s, and not %s', (driver, option, good, bad) => {
    expect([refused(driver, option, good), refused(driver, option, bad)]).toEqual([false, true]);
  });

  test('20.10 takes any port of fluentd', () => {
    expect(refused('fluentd', 'fluentd-address', 'h:99999', '20.10')).toBe(false);
    expect(refused('fluentd', 'fluentd-address', 'h:99999', '26.1')).toBe(true);
  });

  test('20.10 wants the scheme of a syslog address in small letters', () => {
    const address = (value: string, engine: string) =>
      !refused('syslog', 'syslog-address', value, engine);
    expect(address('UDP://x:1', '20.10')).toBe(false);
    expect(address('UDP://x:1', '26.1')).toBe(true);
    expect(address('udp://x:1', '20.10')).toBe(true);
    expect([address('udp:x', '20.10'), address('udp:x', '26.1')]).toEqual([false, true]);
  });

  test.each([
    ['fluentd-write-timeout', '1s', '28.0.4', '28.1.0'],
    ['fluentd-async-reconnect-interval', '1s', '20.10.24', '23.0.0'],
  ])('%s came between %s and %s', (option, value, before, after) => {
    expect(refused('fluentd', option, value, before)).toBe(true);
    expect(refused('fluentd', option, value, after)).toBe(false);
  });

  test('fluentd-async-connect went with 28', () => {
    expect(refused('fluentd', 'fluentd-async-connect', 'true', '27.5.1')).toBe(false);
    expect(
      verdictOf({ 'log-driver': 'fluentd', 'log-opts': { 'fluentd-async-connect': 'true' } }),
    ).toEqual([
      'no start',
      'error bad-log-option log-opts.fluentd-async-connect -> write fluentd-async',
    ]);
  });
});

test('every option that is judged says what it takes, and what is required is an option', () => {
  for (const [name, { options, required, needed = [] }] of LOG_DRIVERS) {
    for (const [option, row] of options ?? [])
      expect([name, option, 'accepts' in row]).toEqual([name, option, 'expects' in row]);
    if (options !== undefined)
      for (const option of [...(required === undefined ? [] : [required]), ...needed])
        expect([name, options.has(option)]).toEqual([name, true]);
  }
});

test('no driver knows by itself what every driver takes', () => {
  for (const { options } of LOG_DRIVERS.values())
    for (const option of options?.keys() ?? [])
      expect(BUILT_IN_LOG_OPTIONS.has(option)).toBe(false);
});
