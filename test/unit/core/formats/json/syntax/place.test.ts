import { expect, test } from '@jest/globals';
import { placeOf } from '../../../../../../src/core/formats/json/syntax/place.js';

test.each([
  ['the beginning', 'abc', 0, '1:1'],
  ['the end', 'abc', 3, '1:4'],
  ['behind a line break', 'a\nb', 2, '2:1'],
  ['CRLF, which is one', 'a\r\nb', 3, '2:1'],
  ['CR, which is one', 'a\rb\rc', 4, '3:1'],
  ['an empty line', 'a\n\nb', 2, '2:1'],
  ['a BOM, which is no column', '\ufeffab', 2, '1:2'],
  ['a BOM is one only at the beginning', 'a\n\ufeffb', 3, '2:2'],
  ['an emoji, which is one character', '"😀"x', 4, '1:4'],
  ['half a surrogate pair of nobody', '\udc00\udc00x', 2, '1:3'],
  ['nothing', '', 0, '1:1'],
])('%s', (_, text, offset, expected) => {
  const { line, column } = placeOf(text, offset);
  expect(`${line}:${column}`).toBe(expected);
});

test('the caret stands below the character', () => {
  expect(placeOf('{\n\t"😀": x,\n}', 9).snippet).toBe(' "😀": x,\n      ^');
});

test.each([
  ['an escape of a terminal', 'a\x1b[2Jb', 'a·[2Jb'],
  ['C1', 'a\x9b2Jb', 'a·2Jb'],
  ['text that turns the line around', 'a\u202eb\u2066c', 'a·b·c'],
  ['what has no width', 'a\u200bb\ufeffc', 'a·b·c'],
])('%s is a dot', (_, text, shown) => {
  expect(placeOf(text, 0).snippet).toBe(`${shown}\n^`);
});

test('of a line of a megabyte, a hundred characters are shown, around the place', () => {
  const text = `${'a'.repeat(500_000)}X${'b'.repeat(500_000)}`;
  const { column, snippet } = placeOf(text, 500_000);
  const [line = '', caret = ''] = snippet.split('\n');
  expect(column).toBe(500_001);
  expect(line).toHaveLength(100);
  expect(line.charAt(caret.indexOf('^'))).toBe('X');
});
