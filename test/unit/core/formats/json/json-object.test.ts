import { expect, test } from '@jest/globals';
import {
  entriesOf,
  isObject,
  type Json,
  memberOf,
  stringOf,
} from '../../../../../src/core/formats/json/json-object.js';

const OBJECT = JSON.parse('{"a": 1, "b": null, "__proto__": {"c": 2}}') as Json;

test.each<[Json | undefined, boolean]>([
  [{}, true],
  [OBJECT, true],
  [[], false],
  [null, false],
  ['{}', false],
  [0, false],
  [undefined, false],
])('%j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});

test.each<[string, Json | undefined, string, Json | undefined]>([
  ['a member', OBJECT, 'a', 1],
  ['null, which is not nothing', OBJECT, 'b', null],
  ['a key that is no prototype', OBJECT, '__proto__', { c: 2 }],
  ['nothing of what every object inherits', {}, '__proto__', undefined],
  ['no constructor', {}, 'constructor', undefined],
  ['no length of a list', ['a'], 'length', undefined],
  ['no entry of a list', ['a'], '0', undefined],
  ['no character of a text', 'abc', '0', undefined],
  ['nothing of null', null, 'a', undefined],
  ['nothing of nothing', undefined, 'a', undefined],
])('memberOf finds %s', (_, value, name, expected) => {
  expect(memberOf(value, name)).toEqual(expected);
});

test('the entries of what is no object are none', () => {
  expect(entriesOf(OBJECT)).toEqual([
    ['a', 1],
    ['b', null],
    ['__proto__', { c: 2 }],
  ]);
  for (const value of [['a'], 'ab', null, undefined, 3]) expect(entriesOf(value)).toEqual([]);
});

test('the text of what is none is empty', () => {
  expect(stringOf('ab')).toBe('ab');
  for (const value of ['', ['a'], OBJECT, null, undefined, 3, true])
    expect(stringOf(value)).toBe('');
});
