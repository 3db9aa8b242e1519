import { describe, expect, test } from '@jest/globals';
import {
  startOfComments,
  statementsOf,
} from '../../../../../src/core/formats/toml/toml-statements.js';

const read = (text: string) =>
  statementsOf(text).map(({ kind, path, valueStart, valueEnd }) => [
    kind,
    path.join('|'),
    text.slice(valueStart, valueEnd),
  ]);

/** toml.io/en/v1.0.0 */
describe('statements, each with its path and its value', () => {
  test.each<[string, string, string[][]]>([
    ['a key', 'a = 1 # x\n', [['key', 'a', '1']]],
    ['dotted and quoted', 'a."b.c".\'d\' = 1', [['key', 'a|b.c|d', '1']]],
    ['an escape in a key', '"a\\u0062" = 1', [['key', 'ab', '1']]],
    [
      'keys of a table',
      '[t.u]\n  a = 1\n',
      [
        ['table', 't|u', ''],
        ['key', 't|u|a', '1'],
      ],
    ],
    [
      'an array of tables',
      '[[t]]\na = 1',
      [
        ['array-table', 't', ''],
        ['key', 't|a', '1'],
      ],
    ],
    ['a number sign in a string', 'a = "x # y" # z', [['key', 'a', '"x # y"']]],
    ['a quote in a string', 'a = "\\"" # z', [['key', 'a', '"\\""']]],
    ['a literal string', "a = 'C:\\' # z", [['key', 'a', "'C:\\'"]]],
    [
      'several lines',
      'a = """\nb = 2\n"""\nc = 3',
      [
        ['key', 'a', '"""\nb = 2\n"""'],
        ['key', 'c', '3'],
      ],
    ],
    [
      'a quote before the closing ones',
      'a = """x""""\nb = 1',
      [
        ['key', 'a', '"""x""""'],
        ['key', 'b', '1'],
      ],
    ],
    [
      'quotes before the closing ones',
      'a = """x"""""\nb = 1',
      [
        ['key', 'a', '"""x"""""'],
        ['key', 'b', '1'],
      ],
    ],
    [
      'a list over lines',
      'a = [ 1, # ]\n 2 ]\nb = 3',
      [
        ['key', 'a', '[ 1, # ]\n 2 ]'],
        ['key', 'b', '3'],
      ],
    ],
    ['an inline table', 'a = { b = [1], c = "}" } # x', [['key', 'a', '{ b = [1], c = "}" }']]],
    [
      'CRLF',
      'a = 1\r\n\r\n[t]\r\n',
      [
        ['key', 'a', '1'],
        ['table', 't', ''],
      ],
    ],
    ['a byte order mark', '\ufeffa = 1', [['key', 'a', '1']]],
    ['comments alone', '# a = 1\n\n', []],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

test('a statement is whole lines, its comment with it', () => {
  const text = '# top\n  a = 1 # x\n[t]\n';
  const lines = statementsOf(text).map(({ start, end }) => text.slice(start, end));
  expect(lines).toEqual(['  a = 1 # x\n', '[t]\n']);
});

test.each([
  ['a = 1\n# b\n # c\n', 6],
  ['a = 1\n', 6],
  ['# a\n', 0],
  ['# a\n\n', 5],
  ['', 0],
])('the comments that end %j begin at %d', (text, start) => {
  expect(startOfComments(text)).toBe(start);
});
