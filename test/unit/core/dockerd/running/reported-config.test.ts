import { describe, expect, test } from '@jest/globals';
import {
  reportedConfig,
  reportedValue,
} from '../../../../../src/core/dockerd/running/reported-config.js';

const OLD = String.raw`time="2026-11-30T14:14:20Z" level=info msg="Reloaded configuration: {\"dns\":[\"1.1.1.1\"],\"icc\":true,\"default-address-pools\":{\"Values\":[{\"base\":\"10.55.0.0/16\",\"size\":24}]}}"`;
const NEW = String.raw`time="2026-11-30T14:14:26Z" level=info msg="Reloaded configuration" config="{\"dns\":[\"1.1.1.1\"],\"icc\":true}"`;

describe('reportedConfig', () => {
  test.each([
    ['behind the message, until 27', OLD],
    ['in a field of its own, since 28', NEW],
    [
      'in a line of JSON',
      JSON.stringify({
        level: 'info',
        msg: 'Reloaded configuration',
        config: '{"dns":["1.1.1.1"],"icc":true}',
      }),
    ],
  ])('reads the configuration %s', (_, line) => {
    expect(reportedConfig(line)).toMatchObject({ dns: ['1.1.1.1'], icc: true });
  });

  test.each(['level=info msg="Got signal to reload configuration"', 'Reloaded docker.service', ''])(
    'reads nothing in %j',
    (line) => {
      expect(reportedConfig(line)).toBeNull();
    },
  );
});

describe('reportedValue', () => {
  const config = reportedConfig(OLD) ?? {};

  test('is in the form of the file, and false where Go leaves it out', () => {
    expect(reportedValue(config, 'default-address-pools', [20, 10, 24])?.value).toEqual([
      { base: '10.55.0.0/16', size: 24 },
    ]);
    expect(reportedValue(config, 'icc', [28, 5, 2])?.value).toBe(true);
    expect(reportedValue(config, 'ip-masq', [28, 5, 2])?.value).toBe(false);
    expect(reportedValue(config, 'log-opts', [28, 5, 2])).toEqual({ value: undefined });
  });

  test.each([
    ['features', [20, 10, 24]],
    ['default-address-pools', [28, 5, 2]],
    ['host-gateway-ip', [28, 5, 2]],
    ['network-diagnostic-port', [26, 1, 5]],
  ] as const)('is no witness of %s in %j', (name, engine) => {
    expect(reportedValue(config, name, engine)).toBeNull();
  });
});
