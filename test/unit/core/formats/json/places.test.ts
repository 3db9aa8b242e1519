import { describe, expect, test } from '@jest/globals';
import { placesIn, type ValuePath } from '../../../../../src/core/formats/json/places.js';

/** What stands there, up to the first colon, comma or bracket that closes. */
const at = (text: string, path: ValuePath, from = 0) =>
  /^("[^"]*"|[^:,\]}]*)/.exec(text.slice(placesIn({ text, from }, [path])(path)))?.[0];

describe('placesIn', () => {
  test.each<[string, ValuePath, string]>([
    ['{"a": 1, "b": {"c": "}\\""}, "d": 2}', ['d'], '"d"'],
    ['{"b": {"c": 1}, "C": 2}', ['b', 'c'], '"c"'],
    ['{"a": ["x", [1, 2], {"y": 3}]}', ['a', 2, 'y'], '"y"'],
    ['{"a": ["x", [1, 2], "z"]}', ['a', 1], '[1'],
    ['{"a": [ "x" , "z" ]}', ['a', 1], '"z"'],
    ['{"\\u0061b": 1}', ['ab'], '"\\u0061b"'],
    ['{"a": {"b": 1}}', ['a', 'c'], '"a"'],
    ['{"a": {"b": 1}}', ['c', 'b'], '{"a"'],
    ['{"a": -1.5e3, "b": null, "c": [], "d": {}, "e": true}', ['e'], '"e"'],
  ])('in %s finds %j', (text, path, found) => {
    expect(at(text, path)).toBe(found);
  });

  test('of equal names the last, and one of another case where there is no other', () => {
    const text = '{"gc": {"x": 1}, "GC": {"y": 2}, "gc": {"z": 3}}';
    const paths: ValuePath[] = [['gc'], ['gc', 'y'], ['gc', 'x']];
    const placeOf = placesIn({ text, from: 0 }, paths);
    expect(paths.map(placeOf)).toEqual([
      text.lastIndexOf('"gc"'),
      text.indexOf('"y"'),
      text.indexOf('"x"'),
    ]);
  });

  test.each<readonly ValuePath[]>([
    [['b', 'c'], ['a']],
    [
      ['e', 1, 'y'],
      ['e', 0],
      ['e', 1],
    ],
    [['B', 'c'], ['z'], ['a']],
    [
      ['a', 'c'],
      ['e', 5],
    ],
  ])('that every name stands once changes no place: %j', (...paths) => {
    const text = '{"b": {"c": 1, "C": 2}, "a": [3], "e": ["x", {"y": 4}, "w"], "f": 5}';
    const places = (once: boolean) => paths.map(placesIn({ text, from: 0, once }, paths));
    expect(places(true)).toEqual(places(false));
  });

  test('begins where it is told', () => {
    const text = '\ufeff {"a": 1}';
    expect(placesIn({ text, from: 1 }, [['a']])(['a'])).toBe(3);
  });
});
