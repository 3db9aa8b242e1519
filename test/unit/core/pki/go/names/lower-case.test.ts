import { expect, test } from '@jest/globals';
import { lowerCase } from '../../../../../../src/core/pki/go/names/lower-case.js';

test.each([
  ['Registry.TEST', 'registry.test'],
  ['a-z_09', 'a-z_09'],
  // Letters of other alphabets stay, and so does what would lower to one of ours: the Kelvin sign.
  ['ÄÖ', 'ÄÖ'],
  ['\u212A', '\u212A'],
])('%j becomes %j', (text, lower) => {
  expect(lowerCase(text)).toBe(lower);
});
