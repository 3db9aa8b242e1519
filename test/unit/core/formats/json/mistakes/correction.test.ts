import { describe, expect, test } from '@jest/globals';
import {
  before,
  corrected,
  correctionsOf,
} from '../../../../../../src/core/formats/json/mistakes/correction.js';

test.each([
  ['in front stays', 3, 3],
  ['in what is new is its place', 6, 5],
  ['the end of what is new', 7, 5],
  ['behind moves back', 9, 10],
])('an offset %s', (_, offset, old) => {
  // Three characters at 5 become two.
  expect(before({ at: 5, removed: 3, inserted: 'xy' }, offset === 7 ? 6 : offset)).toBe(old);
});

test('a correction puts text in place of other text', () => {
  expect(corrected('abcdef', { at: 1, removed: 2, inserted: 'X' })).toBe('aXdef');
  expect(corrected('', { at: 0, removed: 0, inserted: 'X' })).toBe('X');
});

/** `^` marks where the mistake was found; what the correction means is read by JSON.parse. */
const meaning = (code: string, marked: string): unknown => {
  const at = marked.indexOf('^');
  const text = marked.slice(0, at) + marked.slice(at + 1);
  const corrections = correctionsOf(text, code, at);
  if (corrections.length === 0) return null;
  return JSON.parse(corrections.reduce(corrected, text));
};

describe('each code lets the rest be read', () => {
  test.each<[string, string, unknown]>([
    ['comment', '{"a": 1, ^/* b\n "c": */ "d": 2}', { a: 1, d: 2 }],
    ['comment', '{^// why\n"a": 1}', { a: 1 }],
    ['trailing-comma', '{"a": 1^,}', { a: 1 }],
    ['extra-comma', '{"a": [1,^,2]}', { a: [1, 2] }],
    ['smart-quotes', '{^“a”: 1}', { a: 1 }],
    ['smart-quotes', '{"a": ^„x“}', { a: 'x' }],
    ['smart-quotes', '{"a": ^“x"}', { a: 'x' }],
    ['smart-quotes', '{"a": ^“x\n}', null],
    ['single-quotes', `{"a": ^'it\\'s "x"'}`, { a: 'it\'s "x"' }],
    ['single-quotes', `{"a": ^'open}`, null],
    ['wide-punctuation', '{"a"^：1}', { a: 1 }],
    ['wide-punctuation', '{"a": 1^，"b": 2}', { a: 1, b: 2 }],
    ['bad-literal', '{"a": ^True}', { a: true }],
    ['bad-literal', '{"a": ^OFF}', { a: false }],
    ['bad-literal', '{"a": ^None}', { a: null }],
    ['bad-literal', '{"a": ^undefined, "b": 1}', { a: null, b: 1 }],
    ['bad-number', '{"a": ^0x10}', { a: 16 }],
    ['bad-number', '{"a": ^+1.}', { a: 1 }],
    ['bad-number', '{"a": ^10m}', { a: '10m' }],
    ['bad-number', '{"a": ^10.0.0.1/8, "b": 1}', { a: '10.0.0.1/8', b: 1 }],
    ['unquoted-key', '{^log-driver: 1}', { 'log-driver': 1 }],
    ['unquoted-value', '{"a": ^json-file, "b": 1}', { a: 'json-file', b: 1 }],
    ['unquoted-value', '{"a": ^https://m.test}', { a: 'https://m.test' }],
    ['missing-comma', '{"a": ^1 "b": 2}', { a: 1, b: 2 }],
    ['missing-colon', '{"a"^ 1}', { a: 1 }],
    ['equals-sign', '{"a" ^= 1}', { a: 1 }],
    ['equals-sign', '{"a" ^=> 1}', { a: 1 }],
    ['semicolon', '{"a": 1^; "b": 2}', { a: 1, b: 2 }],
    ['ellipsis', '{"a": 1 ^...\n}', { a: 1 }],
    ['escaped-quotes', '{^\\"a\\": 1}', { a: 1 }],
    ['html-mark', '{^&quot;a&quot;: 1}', { a: 1 }],
    ['html-mark', '{^&nbsp;"a": 1}', { a: 1 }],
    ['html-mark', '{^<br/>"a": 1}', { a: 1 }],
    ['extra-colon', '{"a":^: 1}', { a: 1 }],
    ['doubled-quotes', '{^""a"": 1}', { a: 1 }],
    ['nested-object', '{"a": 1, ^{"b": "}"}}', { a: 1 }],
    ['nested-object', '{"a": 1, ^[1, [2]], "c": 3}', { a: 1, c: 3 }],
    ['nested-object', '{\n^{"b": 2},\n"c": 3}', { c: 3 }],
    ['missing-end', '{"a": 1^', { a: 1 }],
    ['missing-value', '{"a": ^}', { a: null }],
    ['unterminated-string', '{^"a: 1\n}', { a: 1 }],
    ['unterminated-string', '{"a": ^"x\n}', { a: 'x' }],
    ['unterminated-string', '{"a": ^"x,\n"b": 1}', { a: 'x', b: 1 }],
    ['unterminated-string', '{"a": [^"x]}', { a: ['x'] }],
    ['bad-escape', '{"a": ^"C:\\docker"}', { a: 'C:\\docker' }],
    ['bad-escape', '{"a": ^"\\u00e9 \\x"}', { a: 'é \\x' }],
    ['control-character', '{"a": ^"x\ty"}', { a: 'x y' }],
    ['control-character', '{^\u001b[31m"a": 1}', { a: 1 }],
    ['trailing-content', '{"a": 1}^ EOF\n', { a: 1 }],
  ])('%s: %s', (code, marked, value) => {
    expect(meaning(code, marked)).toEqual(value);
  });
});

test.each([
  ['merge-conflict', '{\n<<<<<<< HEAD\n', 2],
  ['truncated', '{"a', 1],
])('%s has none, for nothing is certain', (code, text, at) => {
  expect(correctionsOf(text, code, at)).toEqual([]);
});

test('what is taken out leaves lines and columns where they were', () => {
  const text = '{/* a\nb */"c": 1}';
  expect(correctionsOf(text, 'comment', 1).reduce(corrected, text)).toBe('{    \n    "c": 1}');
});
