import { describe, expect, test } from '@jest/globals';
import { templatesOf, valuesOf } from '../../../../src/core/locale/template.js';

const values = (key: string, text: string, from: 'start' | 'end' = 'start', counts = false) =>
  templatesOf(key, '', counts).map((template) => valuesOf(template, text, from));

describe('an entry', () => {
  test('has its texts, its values in any order, and its weight', () => {
    expect(templatesOf('{0} refuses {1}', '{1} 被 {0} 拒绝，{1}')).toEqual([
      {
        ...{ literals: ['', ' refuses ', ''], weight: 9, counts: false, isTyped: [false, false] },
        translation: ['', 1, ' 被 ', 0, ' 拒绝，', 1, ''],
      },
    ]);
  });

  test('with a choice is one for each of its forms', () => {
    const forms = templatesOf('{0} {thing is|things are} adrift{|, and more}', 'x');
    expect(forms.map(({ literals }) => literals[1])).toEqual([
      ' thing is adrift',
      ' thing is adrift, and more',
      ' things are adrift',
      ' things are adrift, and more',
    ]);
  });

  test('a command in backquotes is a value, too, and stays', () => {
    const [template] = templatesOf('type `ls {0}` now', '现在键入 `ls {0}`');
    expect(template).toMatchObject({ literals: ['type ', ' now'], isTyped: [true] });
    expect(template?.translation).toEqual(['现在键入 ', 0, '']);
  });
});

describe('the values of a text', () => {
  test.each<[string, string, (readonly string[] | null)[]]>([
    ['a {0} b', 'a x b', [['x']]],
    ['a {0} b', 'a x', [null]],
    ['a {0} b', 'a b', [null]],
    ['{0}: {1}', 'x: y', [['x', 'y']]],
    ['{0}: {1}', 'xy', [null]],
    ['{0} {1} z', 'x y z', [['x', 'y']]],
    ['{0}{1} z', 'xy z', [['xy', '']]],
  ])('%j in %j', (key, text, expected) => {
    expect(values(key, text)).toEqual(expected);
  });

  test('where a value holds what stands between values, each end tells another', () => {
    expect(values('{0}: {1}', 'a: b: c')).toEqual([['a', 'b: c']]);
    expect(values('{0}: {1}', 'a: b: c', 'end')).toEqual([['a: b', 'c']]);
    expect(values('{0}: {1}', 'none', 'end')).toEqual([null]);
  });

  test('a count is a number', () => {
    expect(values('{0} errors', '2 errors', 'start', true)).toEqual([['2']]);
    expect(values('{0} errors', 'many errors', 'start', true)).toEqual([null]);
  });
});
