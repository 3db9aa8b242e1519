import { describe, expect, test } from '@jest/globals';
import { holdsInInfo, holdsInReloadEvent } from '../../../../src/core/plan/expectation.js';
import type { Json } from '../../../../src/core/formats/json/json-object.js';

const info = {
  Debug: false,
  Labels: ['a=b', 'c=d'],
  RegistryConfig: { Mirrors: null, IndexConfigs: { 'reg:5000': { Secure: false } } },
  Pools: [{ Base: '10.0.0.0/8', Size: 24 }],
};

describe('an expectation of /info', () => {
  test.each<[string, 'equals' | 'includes' | 'excludes', Json, boolean]>([
    ['/Debug', 'equals', false, true],
    ['/Debug', 'equals', true, false],
    ['/Missing', 'equals', false, false],
    ['/Labels', 'equals', ['a=b', 'c=d'], true],
    ['/Labels', 'equals', ['c=d', 'a=b'], false],
    ['/Labels', 'includes', 'c=d', true],
    ['/Labels', 'excludes', 'c=d', false],
    ['/Labels', 'excludes', 'x=y', true],
    ['/RegistryConfig/Mirrors', 'equals', [], true],
    ['/RegistryConfig/Mirrors', 'excludes', 'https://a/', true],
    ['/RegistryConfig/IndexConfigs', 'includes', 'reg:5000', true],
    ['/RegistryConfig/IndexConfigs', 'excludes', 'reg:5000', false],
    ['/RegistryConfig/IndexConfigs', 'includes', 'constructor', false],
    ['/Pools', 'equals', [{ Size: 24, Base: '10.0.0.0/8' }], true],
    ['/Pools', 'includes', { Base: '10.0.0.0/8', Size: 24 }, true],
  ])('%s %s %j: %s', (...[pointer, match, value, holds]) => {
    expect(holdsInInfo({ kind: 'info', pointer, match, value, key: 'k' }, info)).toBe(holds);
  });
});

test('an attribute that the reload event does not have says nothing against the reload', () => {
  const expectation = {
    kind: 'reload-event',
    attribute: 'debug',
    value: 'true',
    key: 'debug',
  } as const;
  expect(holdsInReloadEvent(expectation, { debug: 'true' })).toBe(true);
  expect(holdsInReloadEvent(expectation, { debug: 'false' })).toBe(false);
  expect(holdsInReloadEvent(expectation, {})).toBe(true);
});
