import { expect, test } from '@jest/globals';
import { differencesOf, isSame } from '../../../../../src/core/formats/json/difference.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

test('lists what was added, removed and changed, by path', () => {
  const before = { debug: true, 'log-opts': { 'max-size': '10m', tag: 'x' }, dns: ['a'] };
  const after = { 'log-opts': { 'max-size': '20m', tag: 'x' }, dns: ['a', 'b'], mtu: 1 };
  expect(differencesOf(before, after)).toEqual([
    { path: ['debug'], kind: 'removed', before: true },
    { path: ['log-opts', 'max-size'], kind: 'changed', before: '10m', after: '20m' },
    { path: ['dns'], kind: 'changed', before: ['a'], after: ['a', 'b'] },
    { path: ['mtu'], kind: 'added', after: 1 },
  ]);
});

test.each<[Json, Json, boolean]>([
  [{ a: 1, b: [{ x: 1, y: 2 }] }, { b: [{ y: 2, x: 1 }], a: 1 }, true],
  [['a', 'b'], ['b', 'a'], false],
  [{ a: null }, {}, false],
  [{}, [], false],
  ['1', 1, false],
  [JSON.parse('{"__proto__": 1}') as Json, {}, false],
])('%j and %j mean the same: %s', (a, b, same) => {
  expect(isSame(a, b)).toBe(same);
});
