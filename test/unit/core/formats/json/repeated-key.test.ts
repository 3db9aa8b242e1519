import { expect, test } from '@jest/globals';
import { repeatedKey } from '../../../../../src/core/formats/json/repeated-key.js';

test.each([
  ['{"a": 1, "a": 2}', 'a', '1:2 1:10'],
  ['{\n  a: 1,\n  "a": 2,\n}', 'a', '2:3 3:3'],
  ['{\'a-b\': 1, "a\\u002db": 2}', 'a-b', '1:2 1:12'],
  ['{"x": {"é": 1, "y": [], "é": 2}}', 'é', '1:8 1:25'],
  ['{"__proto__": 1, "__proto__": 2}', '__proto__', '1:2 1:18'],
  ['{"": 1, "": 2}', '', '1:2 1:9'],
  ['{"a": {"b": 1}, // b\n "c": [{"d": 1}, {"d": 2, "d": 3}]}', 'd', '2:19 2:27'],
])('%s says %j twice', (text, name, places) => {
  const found = repeatedKey(text);
  expect(found?.name).toBe(name);
  expect([found?.first, found?.second].map((at) => `${at?.line}:${at?.column}`).join(' ')).toBe(
    places,
  );
});

test.each([
  '',
  '{}',
  '{"a": {"a": {"a": 1}}}',
  '{"x": {"a": 1}, "y": {"a": 1}}',
  '[{"a": 1}, {"a": 1}]',
  '{"a": "a", "b": "a"}',
  '{"a": ["a", "a"]}',
  '{"a": 1, // "a": 2\n "b": "\\"a\\": 3" /* "b": 4 */}',
  '{"a": 1, "A": 2}',
])('%s says no name twice', (text) => {
  expect(repeatedKey(text)).toBeNull();
});
