import { expect, test } from '@jest/globals';
import { sentenceOf, wordsFor } from '../../../../../../src/core/pki/go/words/words.js';

const place = { name: 'reg.test:5000', issue: 'dockerctl certs issue --domain reg.test' };

test.each(['expired', 'name-mismatch', 'not-der', 'alternative-name-malformed'] as const)(
  '%s has a clause, and something to do',
  (code) => {
    const { says, advice } = wordsFor(code);
    expect(says).toMatch(/^[a-z].*[^.]$/i);
    expect(advice(place)).not.toBe('');
    expect(sentenceOf({ code, detail: 'it is so' })).toBe(`${says}: it is so`);
  },
);

test('another name takes another certificate: the command is told', () => {
  expect(wordsFor('name-mismatch').advice(place)).toContain(place.issue);
});
