import { describe, expect, test } from '@jest/globals';
import { linesOf } from '../../../../../src/core/dockerd/validate/lines.js';

describe('line and column, counted from 1', () => {
  test.each([
    ['{}', 0, 1, 1],
    ['{\n  "a": 1\n}', 4, 2, 3],
    ['{\r\n  "a": 1\r\n}', 5, 2, 3],
    ['{\r  "a": 1\r}', 4, 2, 3],
    ['a\n\nb', 3, 3, 1],
    // A character of two halves is one; a byte order mark is none.
    ['"😀": 1', 5, 1, 5],
    ['\ufeff{}', 1, 1, 1],
  ])('of %j at %i: %i:%i', (text, offset, line, column) => {
    expect(linesOf(text)(offset)).toEqual({ line, column });
  });

  test('of an end without a line end is in the last line', () => {
    const placeOf = linesOf('a\nbc');
    expect(placeOf(4)).toEqual({ line: 2, column: 3 });
  });
});
