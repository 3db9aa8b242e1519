import { describe, expect, test } from '@jest/globals';
import { mistakesIn } from '../../../../../src/core/formats/json/mistakes.js';

const found = (text: string, from = 0) => mistakesIn(text, from);
/** What each says, before the text that stands where it points. */
const told = (text: string) =>
  (found(text)?.mistakes ?? []).map(
    ({ code, offset }) => `${code} ${text.slice(offset, offset + 4).split('\n')[0]}`,
  );
const meant = (text: string, from = 0): unknown => {
  const { meant: one = null } = found(text, from) ?? {};
  return one === null ? null : JSON.parse(one.text.slice(from));
};

describe('all mistakes of a text are told, each at its place in the text as it was', () => {
  test.each<[string, string[], unknown]>([
    [
      '{\'a\': True, // why\n b: 1 "c": [1,,2],}',
      ["single-quotes 'a':", 'bad-literal True', 'comment // w', 'unquoted-key b: 1'].concat([
        'missing-comma 1 "c',
        'extra-comma ,2],',
        'trailing-comma ,}',
      ]),
      { a: true, b: 1, c: [1, 2] },
    ],
    ['{"a": 1}}', ['extra-bracket }'], { a: 1 }],
    ['"a": 1, "b": 2', ['missing-braces : 1,'], { a: 1, b: 2 }],
    ['{"a": 1,\n"b": {"c": 2}', ['missing-end '], { a: 1, b: { c: 2 } }],
    ['{"a": 1}, "b": 2}', ['early-close , "b'], { a: 1, b: 2 }],
    ['{"a": 1}\n{"b": 2}', ['second-value {"b"'], { a: 1, b: 2 }],
    ['{"a": 1}\n{"a": 2}', ['second-value {"a"'], null],
    ['[1,]', ['trailing-comma ,]', 'wrong-root [1,]'], null],
    ['// nothing', ['comment // n'], null],
  ])('%s', (text, mistakes, value) => {
    expect(told(text)).toEqual(mistakes);
    expect(meant(text)).toEqual(value);
  });
});

test('what is JSON has none', () => {
  expect(found('{"a": 1}')).toBeNull();
  expect(found('')).toBeNull();
});

test('a BOM is passed over', () => {
  expect(meant('\ufeff{"a": 1,}', 1)).toEqual({ a: 1 });
  expect(meant('\ufeff"a": 1', 1)).toEqual({ a: 1 });
});

test('places of the meaning lead back to the text', () => {
  const text = "{'a': 1, 'b': True}";
  const { meant: one = null, back = (at: number) => at } = found(text) ?? {};
  const at = (name: string) => back(one?.text.indexOf(name) ?? -1);
  expect(at('true')).toBe(text.indexOf('True'));
  expect(at('"b"')).toBe(text.indexOf("'b'"));
});

test('ends after fifty', () => {
  expect(found(`{${"'a': 1,".repeat(500)}}`)?.mistakes).toHaveLength(50);
  expect(found(`{'a': 1, "b": "${'x'.repeat(200_000)}",}`)?.mistakes).toHaveLength(1);
});
