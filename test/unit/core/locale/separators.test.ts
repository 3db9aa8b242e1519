import { describe, expect, test } from '@jest/globals';
import { cutsOf, rejoined } from '../../../../src/core/locale/separators.js';

const cuts = (text: string, kind: string) =>
  cutsOf(text)
    .flat()
    .filter((cut) => cut.kind === kind)
    .map(({ left, right }) => [left, right]);

describe('where a text can be divided', () => {
  test.each([
    [
      'columns',
      'a  b   c',
      [
        ['a', 'b   c'],
        ['a  b', 'c'],
      ],
    ],
    ['sentence', 'It is. Then 2. b', [['It is.', 'Then 2. b']]],
    ['semicolon', 'a; b', [['a', 'b']]],
    ['colon', 'a: b:c', [['a', 'b:c']]],
    ['code', 'a [x-1]', [['a', '[x-1]']]],
    ['code', 'a [x-1] b', []],
    ['bracket', 'a (b (c))', [['a', 'b (c)']]],
    ['bracket', 'a (b) c', []],
    ['bracket', 'a (b) (c)', [['a (b)', 'c']]],
    ['comma', 'a, b', [['a', 'b']]],
    [
      'and',
      'a and b and c',
      [
        ['a', 'b and c'],
        ['a and b', 'c'],
      ],
    ],
    ['or', 'floor or b', [['floor', 'b']]],
  ])('%s: %j', (kind, text, expected) => {
    expect(cuts(text, kind)).toEqual(expected);
  });

  test('not within quotes', () => {
    expect(cuts('`a, b`, "c, d"', 'comma')).toEqual([['`a, b`', '"c, d"']]);
  });

  test('a dozen of a kind at most: what is long ends in time', () => {
    expect(cuts('a, '.repeat(1000), 'comma')).toHaveLength(12);
  });

  test('what binds least comes first', () => {
    const kinds = cutsOf('A: b, c; d and e. F')
      .flat()
      .map(({ kind }) => kind);
    expect(kinds).toEqual(['sentence', 'semicolon', 'colon', 'comma', 'and']);
  });
});

describe('put together again', () => {
  const joined = (text: string, said: readonly [string, string]) => {
    const [cut] = cutsOf(text).flat();
    return cut === undefined ? null : rejoined(cut, said);
  };

  test.each<[string, readonly [string, string], string]>([
    ['a; b', ['甲', '乙'], '甲；乙'],
    ['a, b', ['甲', '乙'], '甲，乙'],
    ['a, b', ['甲', 'b'], '甲, b'],
    ['a, b', ['a', 'b'], 'a, b'],
    ['a: b', ['甲', 'b'], '甲：b'],
    ['a: b', ['a', '乙'], 'a：乙'],
    ['a: b', ['a', 'c 乙'], 'a：c 乙'],
    ['a: b', ['a', 'c'], 'a: c'],
    ['a (b)', ['甲', '乙'], '甲（乙）'],
    ['a (b)', ['a', '乙'], 'a（乙）'],
    ['a (b)', ['甲', 'b'], '甲 (b)'],
    ['a and b', ['a', 'b'], 'a 和 b'],
    ['a or b', ['甲', 'b'], '甲 或 b'],
    ['A. B', ['甲。', '乙。'], '甲。乙。'],
    ['A. B', ['A.', '乙。'], 'A. 乙。'],
    ['a  b', ['甲', '乙'], '甲  乙'],
  ])('%j of %j is %j', (text, said, expected) => {
    expect(joined(text, said)).toBe(expected);
  });
});
