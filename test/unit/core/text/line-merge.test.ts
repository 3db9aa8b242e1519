import { expect, test } from '@jest/globals';
import { mergeLines } from '../../../../src/core/text/line-merge.js';

const BASE = 'a\nb\nc\nd\ne\n';

/** As `git merge-file -p ONE BASE OTHER` gives it where it exits 0. */
test.each([
  ['nobody changed', BASE, BASE, BASE],
  ['one side', 'A\nb\nc\nd\ne\n', BASE, 'A\nb\nc\nd\ne\n'],
  ['the other side', BASE, 'a\nb\nc\nd\nE\n', 'a\nb\nc\nd\nE\n'],
  ['both, far apart', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'],
  ['one adds at the end, the other in front', `${BASE}f\n`, `0\n${BASE}`, `0\n${BASE}f\n`],
  ['one removes, the other adds', 'b\nc\nd\ne\n', `${BASE}f\n`, 'b\nc\nd\ne\nf\n'],
  ['one removes all but one', 'c\n', BASE, 'c\n'],
  ['one empties it', '', BASE, ''],
  ['a last line without an end', 'a\nb\nc\nd\ne', `0\n${BASE}`, '0\na\nb\nc\nd\ne'],
  ['CRLF of one line alone', 'a\r\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'a\r\nb\nc\nd\nE\n'],
])('%s', (...[, one, other, merged]) => {
  expect(mergeLines(BASE, one, other)).toBe(merged);
  expect(mergeLines(BASE, other, one)).toBe(merged);
});

test.each([
  ['both changed one line', 'a\nb\nX\nd\ne\n', 'a\nb\nY\nd\ne\n'],
  ['one changed what the other removed', 'a\nb\nX\nd\ne\n', 'a\nb\nd\ne\n'],
  ['both add at one place', `${BASE}f\n`, `${BASE}g\n`],
  ['one emptied it, the other changed it', '', 'A\nb\nc\nd\ne\n'],
  ['both ended the last line in their way', 'a\nb\nc\nd\ne', 'a\nb\nc\nd\nE\n'],
])('nobody can say what holds where %s', (_, one, other) => {
  expect(mergeLines(BASE, one, other)).toBeNull();
  expect(mergeLines(BASE, other, one)).toBeNull();
});

test('lines that repeat are found again', () => {
  const base = '}\n\n}\n\n}\n';
  expect(mergeLines(base, `x\n${base}`, `${base}y\n`)).toBe(`x\n${base}y\n`);
});

test('what grows with the square is not tried on a large text', () => {
  const large = `${'x'.repeat(63)}\n`.repeat(4097);
  expect(mergeLines(large, large, large)).toBeNull();
  expect(mergeLines('a\n', 'a\n', large)).toBeNull();
});
