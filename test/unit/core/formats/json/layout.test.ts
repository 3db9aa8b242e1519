import { describe, expect, test } from '@jest/globals';
import { parseText } from '../../../../../src/core/formats/json/document.js';
import {
  format,
  indentAt,
  isBroken,
  styleOf,
} from '../../../../../src/core/formats/json/layout.js';
import { nodeAt } from '../../../../../src/core/formats/json/syntax/node.js';

const read = (text: string) => {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.document;
};

describe('styleOf', () => {
  test.each<[string, string, object]>([
    ['no settings', '', { newline: '\n', unit: '  ', inline: false, colon: ': ', comma: ', ' }],
    ['two spaces', '{\n  "a": 1\n}', { unit: '  ', inline: false, brokenLists: null }],
    ['tabs and CRLF', '{\r\n\t"a": 1\r\n}', { unit: '\t', newline: '\r\n' }],
    ['old Mac line ends', '{\r "a": 1\r}', { unit: ' ', newline: '\r' }],
    ['one line', '{"a": 1, "b": 2}', { inline: true, colon: ': ', comma: ', ' }],
    ['no space at all', '{"a":1,"b":2}', { inline: true, colon: ':', comma: ',' }],
    ['a compact single key', '{"a":1}', { colon: ':', comma: ',' }],
    ['aligned columns, no example', '{"a"     : 1, "b"  :  2}', { colon: ': ' }],
    ['an indented root', '  {\n      "a": 1\n  }', { unit: '    ' }],
    ['a list an entry a line', '{"a": [\n1\n]}', { brokenLists: true }],
    ['a list on its line', '{\n  "a": [1]\n}', { brokenLists: false }],
    ['an empty list, no example', '{"a": []}', { brokenLists: null }],
    ['a line break inside a text, which is none', '{"a": "\\n"}', { inline: true }],
  ])('of %s', (_, text, style) => {
    expect(styleOf(read(text))).toMatchObject(style);
  });
});

test.each([
  ['{\n\t "a": 1\n}', '"a"', '\t '],
  ['{"a": 1}', '"a"', ''],
  ['{\r  "a": 1}', '"a"', '  '],
  ['  {"a": 1}', '{', '  '],
])('the indentation of %j at %s', (text, at, indent) => {
  expect(indentAt(text, text.indexOf(at))).toBe(indent);
});

test.each([
  ['{"a": [\n1]}', true],
  ['{"a": [1,\n2]}', false],
  ['{"a": []}', false],
  ['{"a": [\n]}', false],
  ['{"a": {\r"b": 1}}', true],
  ['{"a": "x"}', false],
])('the first child of %j stands on a line of its own: %s', (text, expected) => {
  const node = nodeAt(read(text).root, ['a']);
  expect(node !== undefined && isBroken(text, node)).toBe(expected);
});

describe('format', () => {
  const formatted = (value: string, like: string, indent = '') => {
    const { text, root } = read(`{"v":${value}}`);
    const node = nodeAt(root, ['v']);
    return node === undefined ? '' : format({ text, node }, styleOf(read(like)), indent);
  };

  test.each([
    ['{"b":{"c":[1,2]}}', '{\n\t"a": 1\n}', '\t', '{\n\t\t"b": {\n\t\t\t"c": [1, 2]\n\t\t}\n\t}'],
    ['{"b":{"c":1}}', '{"a":1}', '', '{"b":{"c":1}}'],
    ['[1,2]', '{\r\n  "a": [\r\n    1\r\n  ]\r\n}', '  ', '[\r\n    1,\r\n    2\r\n  ]'],
    ['{ }', '{\n  "a": 1\n}', '', '{}'],
    ['[ \n ]', '{\n  "a": [\n    1\n  ]\n}', '', '[]'],
    ['[{"b":1}]', '{\n  "a": 1\n}', '', '[\n  {\n    "b": 1\n  }\n]'],
    ['9007199254740993', '{"a": 1}', '', '9007199254740993'],
    ['[1.0,1e3,-0]', '{"a": 1}', '', '[1.0,1e3,-0]'.replaceAll(',', ', ')],
    ['"\\u00e9\\/"', '{"a": 1}', '', '"\\u00e9\\/"'],
  ])('%s in a file like %j', (value, like, indent, expected) => {
    expect(formatted(value, like, indent)).toBe(expected);
  });

  test('breaks a list that is longer than 80 characters, where the file has none', () => {
    const list = (entries: number) => JSON.stringify(Array(entries).fill('12345678'));
    const like = '{\n  "a": 1\n}';
    expect(formatted(list(6), like)).not.toContain('\n');
    expect(formatted(list(7), like).split('\n')).toHaveLength(9);
    expect(formatted(list(7), '{"a": 1}')).not.toContain('\n');
  });
});
