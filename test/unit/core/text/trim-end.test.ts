import { expect, test } from '@jest/globals';
import { trimEndOf } from '../../../../src/core/text/trim-end.js';

test.each([
  ['a \t ', ' \t', 'a'],
  [' a b ', ' ', ' a b'],
  ['a\n ', ' ', 'a\n'],
  ['   ', ' ', ''],
  ['', ' ', ''],
  ['a ', '', 'a '],
  ['x]', ']', 'x'],
  ['a\u00a0', ' ', 'a\u00a0'],
])('%j without %j at its end', (text, set, trimmed) => {
  expect(trimEndOf(text, set)).toBe(trimmed);
});

test('a long run that does not end the text stays', () => {
  const text = `${' '.repeat(1_000_000)}x`;
  expect(trimEndOf(text, ' ')).toBe(text);
  expect(trimEndOf(' '.repeat(1_000_000), ' ')).toBe('');
});
