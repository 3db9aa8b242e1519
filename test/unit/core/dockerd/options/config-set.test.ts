import { describe, expect, test } from '@jest/globals';
import {
  configSet,
  goBoolean,
  isFlattened,
  pushedBooleans,
} from '../../../../../src/core/dockerd/options/config-set.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

const engine = (text: string) => parseVersion(text)!;
const setOf = (config: Record<string, Json>, version = '28.5.2') =>
  configSet(new Map(Object.entries(config)), engine(version));

/** moby daemon/config/config.go, flatOptions: what is named there is kept whole. */
describe('the names that dockerd sees', () => {
  test.each<[Record<string, Json>, string[]]>([
    [{ debug: true }, ['debug']],
    [{ 'log-opts': { 'max-size': '1m' } }, ['log-opts']],
    [{ runtimes: { debug: { path: '/x' } } }, ['runtimes']],
    [{ features: { buildkit: true } }, ['features']],
    [{ builder: { gc: {} } }, ['builder']],
    [{ proxies: { 'http-proxy': 'x', 'no-proxy': 'y' } }, ['http-proxy', 'no-proxy']],
    [{ tls: { debug: true } }, ['debug']],
    [{ x: {} }, []],
    [{ dns: ['a'] }, ['dns']],
    [{ debug: null }, ['debug']],
    [{ x: null, y: { z: true } }, []],
  ])('of %j are %j', (config, names) => {
    expect([...setOf(config).keys()]).toEqual(names);
  });

  test('default-network-opts came with 24.0, and was no object to keep before', () => {
    const config = { 'default-network-opts': { bridge: { a: 'b' } } };
    expect([...setOf(config, '23.0.6').keys()]).toEqual(['bridge']);
    expect([...setOf(config, '24.0.0').keys()]).toEqual(['default-network-opts']);
    expect(isFlattened({ a: 1 }, { name: 'nri-opts', engine: engine('28.5.2') })).toBe(true);
    expect(isFlattened({ a: 1 }, { name: 'nri-opts', engine: engine('29.2.0') })).toBe(false);
  });

  test('each knows where it stands, and of equal names the last counts', () => {
    const set = setOf({ debug: false, mine: { debug: true } });
    expect(set.get('debug')).toEqual({ value: true, path: ['mine', 'debug'] });
    expect([...set.keys()]).toEqual(['debug']);
  });
});

test.each<[Record<string, Json>, [string, boolean][]]>([
  [{ debug: true }, []],
  [
    { mine: { debug: true, icc: 'false', ipv6: 1 } },
    [
      ['debug', true],
      ['icc', false],
      ['ipv6', true],
    ],
  ],
  [{ mine: { tls: true, tlsverify: true } }, []],
  [{ mine: { debug: 'yes', 'live-restore': null, ipv6: [true] } }, []],
  [{ mine: { mtu: 1, 'log-level': 'true', unknown: true } }, []],
  [{ 'log-opts': { debug: true } }, []],
])('the booleans that %j pushes into flags are %j', (config, pushed) => {
  expect(pushedBooleans(setOf(config))).toEqual(pushed);
});

/** strconv.ParseBool of fmt's `%v`. */
test.each<[Json | undefined, boolean | null]>([
  [true, true],
  ['T', true],
  ['0', false],
  [1, true],
  [0, false],
  [2, null],
  ['', null],
  ['yes', null],
  [null, null],
  [[true], null],
  [{}, null],
])('%j is %s to Go', (value, expected) => {
  expect(goBoolean(value)).toBe(expected);
});
