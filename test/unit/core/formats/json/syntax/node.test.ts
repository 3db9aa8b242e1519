import { describe, expect, test } from '@jest/globals';
import {
  childSpans,
  memberOf,
  nodeAt,
  sameValue,
  textOf,
} from '../../../../../../src/core/formats/json/syntax/node.js';
import { scan } from '../../../../../../src/core/formats/json/syntax/scan.js';

const located = (text: string) => {
  const scanned = scan(text);
  if (!scanned.ok || scanned.root === null) throw new Error(text);
  return { text, node: scanned.root };
};

const TEXT = '{"a": [1, {"b\\u002dc": "x"}], "constructor": null, "": 0}';

test.each<[string[], string | null]>([
  [[], TEXT],
  [['a'], '[1, {"b\\u002dc": "x"}]'],
  [['a', '0'], '1'],
  [['a', '1', 'b-c'], '"x"'],
  [['constructor'], 'null'],
  [[''], '0'],
  [['a', '2'], null],
  [['a', '-1'], null],
  [['a', 'length'], null],
  [['a', '1e0'], null],
  [['a', '0', 'b'], null],
  [['toString'], null],
])('at %j stands %s', (path, expected) => {
  const { text, node } = located(TEXT);
  const found = nodeAt(node, path);
  expect(found === undefined ? null : textOf({ text, node: found })).toBe(expected);
});

test('nothing stands in no settings', () => {
  expect(nodeAt(null, [])).toBeUndefined();
  expect(nodeAt(null, ['a'])).toBeUndefined();
});

test.each([
  ['{"a": 1 , "b":[2]}', ['"a": 1', '"b":[2]']],
  ['[ 1 ,"x"]', ['1', '"x"']],
  ['{ }', []],
])('between the brackets of %s', (text, expected) => {
  const { node } = located(text);
  const spans = node.kind === 'object' || node.kind === 'array' ? childSpans(node) : [];
  expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test('a member is found by the key that it means, from its quote on', () => {
  const { text, node } = located('{"b\\u002dc": 1}');
  const member = node.kind === 'object' ? memberOf(node, 'b-c') : undefined;
  expect(text.slice(member?.start, member?.keyEnd)).toBe('"b\\u002dc"');
});

describe('two values mean the same', () => {
  test.each([
    ['{"a": 1, "b": [2]}', '{"b":[2],"a":1}', true],
    ['{"a": 1}', '{"a": 1, "b": 1}', false],
    ['{"a": 1, "b": 1}', '{"a": 1}', false],
    ['{"a": 1}', '{"b": 1}', false],
    ['[1, 2]', '[2, 1]', false],
    ['[]', '[1]', false],
    ['[]', '{}', false],
    ['"\\u0061\\/"', '"a/"', true],
    ['"1"', '1', false],
    ['1', '1.0', false],
    ['9007199254740993', '9007199254740992', false],
    ['null', 'false', false],
    ['true', 'true', true],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameValue(located(a), located(b))).toBe(same);
    expect(sameValue(located(b), located(a))).toBe(same);
  });
});
