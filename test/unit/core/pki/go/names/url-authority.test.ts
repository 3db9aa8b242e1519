import { describe, expect, test } from '@jest/globals';
import { hostOf, unescape } from '../../../../../../src/core/pki/go/names/url-authority.js';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';

const told = (ask: () => string) => {
  const { value, refusal } = tried(ask);
  return refusal === null ? value : refusal.code;
};
const BAD = 'alternative-url-malformed';

/** net/url, parseHost. */
test.each([
  ['registry.test:443', 'registry.test:443'],
  ['registry.test:', 'registry.test:'],
  ['registry.test:x', BAD],
  ['[fd00::1]:443', '[fd00::1]:443'],
  ['[fd00::1', BAD],
  ['[fd00::1]x', BAD],
])('%s: %s', (host, expected) => {
  for (const generation of GENERATIONS)
    expect(told(() => hostOf(host, rulesOf(generation), false))).toBe(expected);
});

test('what is in brackets is an address, for those that look', () => {
  for (const generation of GENERATIONS) {
    const rules = rulesOf(generation);
    expect(told(() => hostOf('[registry.test]', rules, false))).toBe(
      rules.bracketsHoldAddresses ? BAD : '[registry.test]',
    );
  }
});

test('where one colon is all, a second begins no port', () => {
  const rules = rulesOf('1.24');
  expect(told(() => hostOf('a:b:443', rules, false))).toBe('a:b:443');
  expect(told(() => hostOf('a:b:443', rules, true))).toBe(BAD);
});

describe('escapes (net/url, unescape)', () => {
  test.each<[string, Parameters<typeof unescape>[1], string]>([
    ['a%20b', 'elsewhere', 'a b'],
    ['a%20b', 'host', BAD],
    ['a%25b', 'host', 'a%b'],
    ['%C3%A4', 'host', '\u00c3\u00a4'],
    ['%20', 'zone', ' '],
    ['a%2', 'elsewhere', BAD],
    ['a%zz', 'elsewhere', BAD],
    ['a b', 'host', BAD],
    ['a b', 'elsewhere', 'a b'],
  ])('%s in %s: %j', (text, place, expected) => {
    expect(told(() => unescape(text, place))).toBe(expected);
  });
});
