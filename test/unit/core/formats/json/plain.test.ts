import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePlain } from '../../../../../src/core/formats/json/plain.js';
import { scan } from '../../../../../src/core/formats/json/syntax/scan.js';

describe('what JSON.parse reads without loss', () => {
  test.each([
    '{}',
    ' {"a": [1, -2, {"b": null}]}\n',
    '{"a": "1.5", "b": "x: 1"}',
    '{"é": "\\u0041"}',
  ])('%s', (text) => {
    expect(parsePlain(text)).toEqual(JSON.parse(text));
  });
});

describe('what is left to the scanner', () => {
  test.each([
    ['no JSON', '{"a": 1,}'],
    ['no object', '[1]'],
    ['nothing', ''],
    ['a name that stands twice', '{"a": 1, "a": 2}'],
    ['one in other spelling', '{"a": 1, "\\u0061": 2}'],
    ['one deeper down', '{"x": [{"a": 1, "a": 1}]}'],
    ['a fraction', '{"a": 1.5}'],
    ['a whole number spelt as a fraction', '{"a": 1.0}'],
    ['a whole number spelt with an exponent', '[{"a": 1}, {"a": [2, 1e3]}]'],
    ['a number that no double holds', '{"a": 9007199254740993}'],
    ['a number beyond all doubles', '{"a": 1e999}'],
    ['what nests too deep', `{"a": ${'['.repeat(200)}${']'.repeat(200)}}`],
  ])('%s', (_, text) => {
    expect(parsePlain(text)).toBeNull();
  });
});

test('whatever it reads, the scanner takes too', () => {
  fc.assert(
    fc.property(fc.json(), fc.string({ maxLength: 2 }), (json, more) => {
      const text = `{"a": ${json}}${more}`;
      if (parsePlain(text) !== null) expect(scan(text)).toMatchObject({ ok: true });
    }),
  );
});
