import { expect, test } from '@jest/globals';
import { parseSettings } from '../../../../../src/core/formats/json/json5-settings.js';

test('comments, bare keys and trailing commas are welcome', () => {
  expect(parseSettings("// ours\n{ key: 'value', list: [1, 2,], }")).toEqual({
    key: 'value',
    list: [1, 2],
  });
});

test('an error names the file, the line and the column', () => {
  expect(() => parseSettings('{\n  key: }', '/etc/dockerctl/dockerctl.json5')).toThrow(
    expect.objectContaining({
      code: 'invalid-declaration',
      message: expect.stringContaining('/etc/dockerctl/dockerctl.json5:2:8 '),
    }),
  );
});

test('what is nested without end is refused before anybody walks it', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  expect(() => parseSettings(`{ daemon: ${deep} }`)).toThrow(
    expect.objectContaining({ code: 'invalid-declaration' }),
  );
});

test('a key named __proto__ is a key like any other, and no prototype', () => {
  const value = parseSettings(
    "{ '__proto__': { polluted: 1 }, constructor: { prototype: { polluted: 1 } } }",
  );
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
  expect({}).not.toHaveProperty('polluted');
});

test.each([
  [
    '{ daemon: { debug: true },\n  daemon: { debug: false } }',
    'f:2:3: daemon stands twice; the first is at f:1:3.',
  ],
  [`{ a: [{ "b": 1, 'b': 2 }] }`, 'f:1:17: b stands twice; the first is at f:1:9.'],
  ['{ "d\\u0062": 1, db: 2 }', 'f:1:17: db stands twice; the first is at f:1:3.'],
])('a name that stands twice in one object is an error: %s', (text, message) => {
  expect(() => parseSettings(text, 'f')).toThrow(message);
});

test('the same name in two objects, or as a value, is none', () => {
  const text = `{ a: { b: 'a' }, c: { b: ['b', 'b'] }, d: [{ b: 1 }, { b: 1 }] }`;
  expect(parseSettings(text, 'f')).toMatchObject({ a: { b: 'a' } });
});
