import { expect, test } from '@jest/globals';
import { isTooDeep } from '../../../../../../src/core/formats/json/syntax/depth.js';

/** Not by JSON.parse: its own depth is not the question. */
const nested = (levels: number, wrap: (inner: unknown) => unknown) => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
};

test.each<[string, (inner: unknown) => unknown]>([
  ['lists', (inner) => [inner]],
  ['objects', (inner) => ({ a: inner })],
  ['lists among values', (inner) => [null, 'x', inner]],
])('200 levels of %s are not too many, 201 are, and a million do no harm', (_, wrap) => {
  expect(isTooDeep(nested(200, wrap))).toBe(false);
  expect(isTooDeep(nested(201, wrap))).toBe(true);
  expect(isTooDeep(nested(1_000_000, wrap))).toBe(true);
});

test('what is wide is not deep', () => {
  expect(isTooDeep(Array(100_000).fill({}))).toBe(false);
  for (const value of [null, 'x', 1, undefined, [], {}]) expect(isTooDeep(value)).toBe(false);
});
