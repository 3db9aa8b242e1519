import { describe, expect, test } from '@jest/globals';
import { unmetExpectations } from '../../../../../src/core/dockerd/activation/expectation.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

const info = {
  Debug: true,
  Labels: ['a=1', 'b=2'],
  RegistryConfig: { Mirrors: null, IndexConfigs: { 'docker.io': { Secure: true }, 'a/b~c': 1 } },
};

type Match = 'equals' | 'includes' | 'excludes';
const unmet = (pointer: string, match: Match, value: Json) =>
  unmetExpectations([{ kind: 'info', pointer, match, value, key: 'key' }], {
    info,
    reloadEvent: null,
  });

describe('unmetExpectations', () => {
  test.each<[string, Match, Json]>([
    ['/Debug', 'equals', true],
    ['/Labels', 'equals', ['a=1', 'b=2']],
    ['/RegistryConfig/Mirrors', 'equals', []],
    ['/Labels', 'includes', 'a=1'],
    ['/RegistryConfig/IndexConfigs', 'includes', 'docker.io'],
    ['/RegistryConfig/IndexConfigs', 'excludes', 'reg:5000'],
    ['/RegistryConfig/IndexConfigs/docker.io/Secure', 'equals', true],
    ['/Nowhere', 'excludes', 'x'],
  ])('%s %s %j is met', (pointer, match, value) => {
    expect(unmet(pointer, match, value)).toEqual([]);
  });

  test.each<[string, Match, Json, string]>([
    ['/Debug', 'equals', false, 'key: /info/Debug is true, which is not false'],
    ['/Labels', 'includes', 'c=3', 'key: /info/Labels is ["a=1","b=2"], which lacks "c=3"'],
    ['/Labels', 'excludes', 'a=1', 'key: /info/Labels is ["a=1","b=2"], which still has "a=1"'],
    ['/Nowhere', 'includes', 'x', 'key: /info/Nowhere is not there, which lacks "x"'],
  ])('%s %s %j is not met', (...[pointer, match, value, sentence]) => {
    expect(unmet(pointer, match, value)).toEqual([sentence]);
  });

  test('a reload event is compared as text, and only after a reload', () => {
    const one = {
      kind: 'reload-event',
      attribute: 'shutdown-timeout',
      value: '20',
      key: 'shutdown-timeout',
    } as const;
    expect(unmetExpectations([one], { info, reloadEvent: { 'shutdown-timeout': '20' } })).toEqual(
      [],
    );
    expect(unmetExpectations([one], { info, reloadEvent: { 'shutdown-timeout': '15' } })).toEqual([
      'shutdown-timeout: the reload event says "15", not "20"',
    ]);
    expect(unmetExpectations([one], { info, reloadEvent: null })).toEqual([]);
  });
});
