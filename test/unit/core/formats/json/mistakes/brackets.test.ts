import { describe, expect, test } from '@jest/globals';
import {
  braced,
  closedLater,
  closedList,
  joinedObjects,
  lackingBraces,
  lacksLastAlone,
  unclosedKey,
  withoutKey,
} from '../../../../../../src/core/formats/json/mistakes/brackets.js';
import {
  type Correction,
  corrected,
} from '../../../../../../src/core/formats/json/mistakes/correction.js';

const applied = (text: string, corrections: readonly Correction[]) =>
  corrections.length === 0 ? null : corrections.reduce(corrected, text);
const value = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

test.each([
  ['"a": 1', 'both'],
  ['"a": {"b": [1]}', 'both'],
  ['', 'both'],
  ['"a": 1\n}\n', 'first'],
  ['"a": "}", "b": "{"', 'both'],
  ['"a": 1 // }', 'both'],
  ['"a": {"b": 1', null],
  ['"a": 1}}', null],
  ['"a": 1}, "b": 2', null],
])('%j lacks %s', (text, lacking) => {
  expect(lackingBraces(text)).toBe(lacking);
});

test.each([
  ['"a": 1', '{"a": 1}', { a: 1 }],
  ['"a": "x"\n', '{"a": "x"}\n', { a: 'x' }],
  ['"a": [\n1\n]\n', '{"a": [\n1\n]}\n', { a: [1] }],
  ['"a": "x"\n}\n', '{"a": "x"\n}\n', { a: 'x' }],
  ['\ufeff"a": "x"', '\ufeff{"a": "x"}', { a: 'x' }],
])('%j within its braces', (text, expected, meaning) => {
  expect(braced(text)).toBe(expected);
  expect(value(expected.replace('\ufeff', ''))).toEqual(meaning);
});

test('a comment on the last line does not swallow the brace', () => {
  expect(braced('"a": "x" // why')).toBe('{"a": "x" // why\n}');
});

describe('a } too early', () => {
  test.each([
    ['{"a": 1}, "b": 2}', { a: 1, b: 2 }],
    ['{"a": 1},\n"b": {"c": 2}', { a: 1, b: { c: 2 } }],
    ['{"a": 1,}\n"b": 2}\n', { a: 1, b: 2 }],
    ['{}, "b": 2}', { b: 2 }],
    ['{"a": 1}, "b": 2}}', null],
    ['{"a": 1}, "b": [2', null],
  ])('%j', (text, meaning) => {
    expect(value(applied(text, closedLater(text, text.indexOf('"b"'))))).toEqual(meaning);
  });
});

describe('two objects', () => {
  test.each([
    ['{"a": 1}\n{"b": 2}', { a: 1, b: 2 }],
    ['{"a": 1},\n{"b": {"a": 2}}', { a: 1, b: { a: 2 } }],
    ['{}{"b": 2}', { b: 2 }],
    ['{"a": 1,}{"b": 2}', { a: 1, b: 2 }],
    ['{"a": 1}\n{"a": 1}', null],
    ['{"a": 1, "c": 1}\n{"b": 2, "c": 2}', null],
  ])('%j', (text, meaning) => {
    expect(value(applied(text, joinedObjects(text, text.indexOf('}'))))).toEqual(meaning);
  });

  test('keep what is said between them', () => {
    const text = '{"a": 1} // and }\n{"b": 2}';
    expect(applied(text, joinedObjects(text, text.indexOf('\n')))).toBe(
      '{"a": 1, // and }\n "b": 2}',
    );
  });
});

test.each([
  ['{\n  "a": {\n    "b": 1\n}\n', false],
  ['{\n  "a": 1\n', true],
  ['{"a": {"b": 1}\n', true],
])('the last } of %j is missing, not one inside: %s', (text, expected) => {
  expect(lacksLastAlone(text)).toBe(expected);
});

test.each([
  ['{"a": [1, "b": 2}', { a: [1], b: 2 }],
  ['{"a": ["x"\n, "b": 2}', { a: ['x'], b: 2 }],
  ['{"a": [1 "b": 2}', null],
])('a list that is open where a key stands: %j', (text, meaning) => {
  const correction = closedList(text, text.indexOf('"b"'));
  expect(correction === null ? null : value(corrected(text, correction))).toEqual(meaning);
});

test.each([
  ['"dns: ["1.1.1.1"]', 'dns'],
  ['"log-driver: "local"', 'log-driver'],
  ['"mtu: 1500,\n', 'mtu'],
  ['"debug: true', 'debug'],
  ['"see: below"', null],
  ['"http://a: b"', null],
  ['"": 1', null],
])('%j begins as a key whose quote is missing: %s', (text, name) => {
  const found = unclosedKey(`{${text}`, 1);
  expect(found?.name ?? null).toBe(name);
  if (name !== null) expect(found?.end).toBe(2 + name.length);
});

test('no key begins before the text', () => {
  expect(unclosedKey('"a: 1', -1)).toBeNull();
});

test.each([
  ['{"a": 1, {"b": 2}}', 9, { start: 7, end: 17 }],
  ['{{"b": [2]} , "c": 3}', 1, { start: 1, end: 13 }],
  ['{"a": 1, {"b": 2', 9, null],
])('what has no key in %s at %i', (text, at, range) => {
  expect(withoutKey(text, at)).toEqual(range);
});
