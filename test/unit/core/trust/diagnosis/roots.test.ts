import { expect, test } from '@jest/globals';
import { GENERATIONS, rulesOf } from '../../../../../src/core/pki/go/rules/generation.js';
import { joinRoots, readRoots } from '../../../../../src/core/trust/diagnosis/roots.js';
import { pem } from '../../../../support/chains/der.js';
import { root } from '../../../../support/chains/judged.js';

test('bundles are read once for each set of rules', () => {
  const roots = readRoots([pem(root()), 'garbage']);
  for (const generation of GENERATIONS) {
    const rules = rulesOf(generation);
    expect(roots(rules)).toBe(roots(rules));
  }
});

test('two are joined for the rules that ask', () => {
  const asked: string[] = [];
  const telling = (name: string) => (rules: ReturnType<typeof rulesOf>) => {
    asked.push(`${name} ${rules.generation}`);
    return readRoots([])(rules);
  };
  joinRoots(telling('system'), telling('registry'))(rulesOf('1.24'));
  expect(asked).toEqual(['system 1.24', 'registry 1.24']);
});
