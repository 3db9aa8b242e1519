import { expect, test } from '@jest/globals';
import { nearest } from '../../../../src/core/text/suggest.js';

const NAMES = ['mirrors', 'insecure', 'registry.example.com:5000', 'ca'];

test.each([
  ['mirors', 'mirrors'],
  ['Mirrors', 'mirrors'],
  ['in-secure', 'insecure'],
  ['registry.exmaple.com:5000', 'registry.example.com:5000'],
  ['cas', 'ca'],
  ['mirr0rs', 'mirrors'],
  ['imrrors', 'mirrors'],
  ['mirr00rs', 'mirrors'],
  ['mixxors', 'mirrors'],
  ['mixyors', 'mirrors'],
  ['mxxyors', undefined],
  ['cert', undefined],
  ['', undefined],
  ['x'.repeat(1_000_000), undefined],
])('nearest to %.30j is %j', (word, expected) => {
  expect(nearest(word, NAMES)).toBe(expected);
});
