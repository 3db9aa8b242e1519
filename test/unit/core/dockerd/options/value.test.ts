import { describe, expect, test } from '@jest/globals';
import { readLoosely, readValue, shapeAt } from '../../../../../src/core/dockerd/options/value.js';
import { NEWEST_ENGINE } from '../../../../../src/core/dockerd/options/keys/version.js';
import { parsePath } from '../../../../../src/core/formats/json/json-path.js';

const read = (key: string, ...words: string[]): string => {
  const path = parsePath(key);
  return readValue(path, shapeAt(path, NEWEST_ENGINE), words);
};

describe('readValue', () => {
  test.each([
    ['debug', ['true'], 'true'],
    ['mtu', ['1400'], '1400'],
    ['mtu', ['9007199254740993'], '9007199254740993'],
    ['shutdown-timeout', ['-1'], '-1'],
    ['log-driver', ['journald'], '"journald"'],
    ['log-driver', ['"journald"'], '"journald"'],
    ['log-level', ['true'], '"true"'],
    ['log-opts.max-file', ['3'], '"3"'],
    ['log-opts', ['{"max-size": "10m"}'], '{"max-size": "10m"}'],
    ['dns', ['1.1.1.1'], '["1.1.1.1"]'],
    ['dns', ['1.1.1.1', '8.8.8.8'], '["1.1.1.1","8.8.8.8"]'],
    ['dns', ['["1.1.1.1"]'], '["1.1.1.1"]'],
    ['dns', ['[]'], '[]'],
    ['dns', [], '[]'],
    ['dns[0]', ['1.1.1.1'], '"1.1.1.1"'],
    ['features.buildkit', ['false'], 'false'],
    [
      'default-address-pools',
      ['{"base":"10.0.0.0/8","size":24}'],
      '[{"base":"10.0.0.0/8","size":24}]',
    ],
    [
      'default-ulimits.nofile',
      ['{"Name":"nofile","Hard":64000,"soft":64000}'],
      '{"Name":"nofile","Hard":64000,"soft":64000}',
    ],
    ['labels', ['a=b', 'c=d'], '["a=b","c=d"]'],
  ])('%s %j is %s', (key, words, json) => {
    expect(read(key, ...words)).toBe(json);
  });

  test.each([
    ['debug', ['yes'], 'debug takes true or false, not "yes".'],
    ['debug', ['true', 'false'], 'debug takes true or false, not "true false".'],
    ['debug', ['"true"'], 'debug takes true or false, not "\\"true\\"".'],
    ['mtu', ['1400.5'], 'mtu takes a whole number, not "1400.5".'],
    ['mtu', ['big'], 'mtu takes a whole number, not "big".'],
    ['log-driver', ['a', 'b'], 'log-driver takes a text, not "a b".'],
    ['log-opts', ['{"max-file": 3}'], 'log-opts takes an object, each value a text, not'],
    ['log-opts', ['max-size=10m'], 'log-opts takes an object, each value a text, not'],
    [
      'default-address-pools',
      ['10.0.0.0/8'],
      'default-address-pools takes a list, each entry an object of base, size',
    ],
  ])('%s %j is refused with what is expected', (key, words, message) => {
    expect(() => read(key, ...words)).toThrow(message);
  });
});

test.each([
  ['debug', 'dockerctl config set debug true'],
  ['mtu', 'dockerctl config set mtu 1500'],
  ['log-level', 'dockerctl config set log-level info'],
  ['features', 'dockerctl config set features.NAME true'],
  ['log-opts', 'dockerctl config set log-opts.NAME TEXT'],
  [
    'default-ulimits.nofile',
    `dockerctl config set default-ulimits.nofile '{"Name":"nofile","Soft":65536,"Hard":65536}'`,
  ],
  ['proxies', `dockerctl config set proxies '{"http-proxy":"TEXT"}'`],
  [
    'default-address-pools',
    `dockerctl config set default-address-pools '[{"base":"10.201.0.0/16","size":24}]'`,
  ],
])('a value of %s that does not fit is answered with what to type', (key, hint) => {
  expect(() => read(key, '{"x": [1]}', '{')).toThrow(expect.objectContaining({ hint }));
});

describe('shapeAt', () => {
  const thrown = (key: string, engine = NEWEST_ENGINE): unknown => {
    try {
      return shapeAt(parsePath(key), engine);
    } catch (error) {
      return error;
    }
  };

  test.each([
    [
      'debgu',
      /"debgu" is not a key of daemon.json; the nearest is debug/,
      'dockerctl config set debug …',
    ],
    [
      'insecure-registry',
      /the nearest is insecure-registries/,
      'dockerctl config set insecure-registries …',
    ],
    [
      'http-proxy',
      /the nearest is proxies.http-proxy/,
      'dockerctl config set proxies.http-proxy …',
    ],
    [
      '_comment',
      /"_comment" is not a key of daemon.json\.$/,
      '`dockerctl config schema` (the keys of this dockerd)',
    ],
    ['debug.level', /debug is true or false and has no level/, 'dockerctl config get debug'],
    ['dns.first', /dns is a list, each entry a text and has no first/, 'dockerctl config get dns'],
    [
      'default-network-opts.bridge.com.docker.network.driver.mtu',
      /has no docker/,
      'quote a key that has dots: \'default-network-opts.bridge."com.docker.network.driver.mtu"\'',
    ],
  ])('%s is refused, and the hint says what to type', (key, message, hint) => {
    expect(thrown(key)).toMatchObject({
      code: 'unknown-key',
      message: expect.stringMatching(message),
      hint,
    });
  });

  test('a key of a newer engine is refused with the engines that have it', () => {
    expect(thrown('proxies.http-proxy', [20, 10, 24])).toMatchObject({
      code: 'unknown-key',
      message: 'dockerd 20.10.24 does not know proxies (since 23) and would not start with it.',
    });
  });
});

test.each([
  [['1'], '1'],
  [['a b'], '"a b"'],
  [['{"a":1}'], '{"a":1}'],
  [['a', '1'], '["a",1]'],
  [['1, "x": 2'], '"1, \\"x\\": 2"'],
  [['1}, "x": {'], '"1}, \\"x\\": {"'],
])('of an unknown key, readLoosely takes %j for %s', (words, json) => {
  expect(readLoosely(['brand-new'], NEWEST_ENGINE, words)).toBe(json);
});

test.each([
  ['dns', ['1.1.1.1'], '["1.1.1.1"]'],
  ['log-level', ['7'], '"7"'],
  ['debug', ['maybe'], '"maybe"'],
])('of a known key, readLoosely takes %s %j for %s', (key, words, json) => {
  expect(readLoosely([key], NEWEST_ENGINE, words)).toBe(json);
});
