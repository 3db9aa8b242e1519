import { expect, test } from '@jest/globals';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';

/** GODEBUG's defaults are of the module's own Go version, and the switches came with 1.23 (x509negativeserial) and later. */
test('switches: off where they are not asked for, and none of them in 1.19', () => {
  const switches = (strict: boolean) =>
    GENERATIONS.map((generation) => {
      const rules = rulesOf(generation, strict ? 'strict' : 'lenient');
      return [rules.serialNotNegative, rules.rsaAtLeast1024, rules.oneColonInHosts];
    });
  expect(switches(false)).toEqual(Array(3).fill([false, false, false]));
  expect(switches(true)).toEqual([
    [false, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

/** Go's release notes: policies since 1.24 (crypto/x509), RSA of at most 8192 bits since 1.21 (crypto/tls). */
test('what came with which', () => {
  const since = (rule: 'policies' | 'rsaAtMost8192' | 'mlDsa' | 'noMappedAddresses') =>
    GENERATIONS.map((generation) => rulesOf(generation)[rule]);
  expect(since('policies')).toEqual([false, true, true]);
  expect(since('rsaAtMost8192')).toEqual([false, true, true]);
  expect(since('mlDsa')).toEqual([false, false, true]);
  expect(since('noMappedAddresses')).toEqual([false, false, true]);
  expect(GENERATIONS.map((one) => rulesOf(one).generation)).toEqual(GENERATIONS);
});
