import { describe, expect, test } from '@jest/globals';
import {
  isConstraintBase,
  isDomain,
  isInDomain,
} from '../../../../../../src/core/pki/go/names/domain.js';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';

const each = (ask: (rules: ReturnType<typeof rulesOf>) => boolean) =>
  GENERATIONS.map((generation) => ask(rulesOf(generation)));
const [YES, NO] = [
  [true, true, true],
  [false, false, false],
];

/** verify.go, domainToReverseLabels of 1.19 and 1.24; constraints.go, domainNameValid of 1.27. */
test.each([
  ['registry.test', YES],
  ['', YES],
  ['*.test', YES],
  ['my_registry.test', YES],
  ['registry.test.', NO],
  ['a..b', NO],
  ['a b', NO],
  ['ä.test', NO],
  ['.test', [true, false, false]],
])('%j is a domain: %j', (text, expected) => {
  expect(each((rules) => isDomain(text, rules))).toEqual(expected);
});

test('the base of a constraint may begin with a dot', () => {
  expect(each((rules) => isConstraintBase('.test', rules))).toEqual(YES);
  expect(each((rules) => isConstraintBase('test.', rules))).toEqual(NO);
});

describe('a domain in a base, up to 1.24', () => {
  const rules = rulesOf('1.24');
  test.each([
    ['registry.test', 'test', true],
    ['registry.test', 'registry.test', true],
    ['REGISTRY.test', 'registry.TEST', true],
    ['registry.test', '', true],
    ['registry.test', '.test', true],
    ['registry.test', '.registry.test', false],
    ['test', 'registry.test', false],
    ['myregistry.test', 'registry.test', false],
    ['*.test', 'registry.test', false],
  ])('%s in %j: %s', (domain, base, expected) => {
    expect(isInDomain(domain, base, rules)).toBe(expected);
  });

  test('that cannot be read is refused', () => {
    const { refusal } = tried(() => isInDomain('a..b', 'test', rules));
    expect(refusal).toMatchObject({ code: 'constraint-not-applicable' });
  });
});
