import { describe, expect, test } from '@jest/globals';
import {
  clearingValue,
  enginesOf,
  isIgnored,
  isKnown,
  isReloadable,
  keyNamed,
  KEYS,
  nearestKey,
} from '../../../../../../src/core/dockerd/options/keys/keys.js';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';

const engine = (text: string) => parseVersion(text)!;

describe('the table of keys', () => {
  test('has each name and each flag once', () => {
    const names = KEYS.map((key) => key.name);
    expect(names).toEqual([...new Set(names)]);
    const shorts = KEYS.flatMap((key) => key.short ?? []);
    expect(shorts).toEqual([...new Set(shorts)]);
  });

  test.each([
    ['min-api-version', '28.5.2', false],
    ['min-api-version', '29.0.0', true],
    ['oom-score-adjust', '25.0.5', true],
    ['oom-score-adjust', '26.0.0', false],
    ['proxies', '20.10.24', false],
    ['default-stop-timeout', '29.6.9', false],
    ['bip6', '28.0.0', true],
  ])('%s on %s is known: %s', (name, version, known) => {
    expect(isKnown(keyNamed(name)!, engine(version))).toBe(known);
  });

  test('says which engines know a key', () => {
    expect(enginesOf(keyNamed('proxies')!)).toBe('since 23');
    expect(enginesOf(keyNamed('graph')!)).toBe('until 23');
    expect(enginesOf(keyNamed('debug')!)).toBe('every engine');
  });

  test('allow-nondistributable-artifacts is reloadable until 27 and does nothing since 28', () => {
    const key = keyNamed('allow-nondistributable-artifacts')!;
    expect(isReloadable(key, engine('27.5.1'))).toBe(true);
    expect(isReloadable(key, engine('28.0.0'))).toBe(false);
    expect(isIgnored(key, engine('27.5.1'))).toBe(false);
    expect(isIgnored(key, engine('28.0.0'))).toBe(true);
  });

  test('authorization-plugins are never reloaded, because a missing one ends dockerd', () => {
    expect(isReloadable(keyNamed('authorization-plugins')!, engine('29'))).toBe(false);
  });

  test.each([
    ['registry-mirrors', []],
    ['runtimes', {}],
    ['live-restore', false],
    ['max-concurrent-downloads', undefined],
    ['data-root', undefined],
    ['nonsense', undefined],
  ])('a reload clears %s by %j', (name, value) => {
    expect(clearingValue(name, engine('28.5.2'))).toEqual(value);
  });

  test.each([
    ['registry-mirror', 'registry-mirrors'],
    ['registrymirrors', 'registry-mirrors'],
    ['insecure_registries', 'insecure-registries'],
    ['Debug', 'debug'],
    ['insecure-registeries', 'insecure-registries'],
    ['log-opt', 'log-opts'],
    ['stroage-driver', 'storage-driver'],
    ['host', 'hosts'],
    ['cgroup-driver', undefined],
    ['x'.repeat(100_000), undefined],
    ['', undefined],
  ])('the key nearest to %.40s is %s', (name, nearest) => {
    expect(nearestKey(name)).toBe(nearest);
  });
});
