import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Document, parseText } from '../../../../../src/core/formats/json/document.js';
import {
  append,
  get,
  remove,
  set,
  setText,
  textAt,
} from '../../../../../src/core/formats/json/json-edit.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

function read(text: string): Document {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.document;
}

const tabs = '{\r\n\t"log-opts": {\r\n\t\t"max-size": "10m"\r\n\t},\r\n\t"mtu": 1e3\r\n}';
const indented = '{\n    "dns": [\n        "1.1.1.1"\n    ],\n    "debug": true\n}\n';
const compact = '{"dns":["1.1.1.1"],"log-opts":{"max-size":"10m"}}';
const oneLine = '{ "dns": ["1.1.1.1", "8.8.8.8"], "debug": true }\n';

describe('set', () => {
  test.each<[string, string, string[], Json, string]>([
    ['replaces only the value', indented, ['debug'], false, indented.replace('true', 'false')],
    ['leaves a value that means the same', '{"a":\t[ 1 ,2 ]}', ['a'], [1, 2], '{"a":\t[ 1 ,2 ]}'],
    [
      'leaves an object in another order',
      '{"a": {"x": 1, "y": 2}}',
      ['a'],
      { y: 2, x: 1 },
      '{"a": {"x": 1, "y": 2}}',
    ],
    [
      'adds with tabs and CRLF',
      tabs,
      ['debug'],
      true,
      tabs.replace('1e3\r\n', '1e3,\r\n\t"debug": true\r\n'),
    ],
    [
      'adds inside a nested object',
      tabs,
      ['log-opts', 'max-file'],
      '3',
      tabs.replace('"10m"', '"10m",\r\n\t\t"max-file": "3"'),
    ],
    [
      'makes the objects on the way',
      '{\n  "mtu": 1\n}\n',
      ['log-opts', 'max-size'],
      '1m',
      '{\n  "mtu": 1,\n  "log-opts": {\n    "max-size": "1m"\n  }\n}\n',
    ],
    [
      'stays compact',
      compact,
      ['log-opts', 'a'],
      ['x', 'y'],
      compact.replace('"10m"', '"10m","a":["x","y"]'),
    ],
    [
      'stays on one line',
      oneLine,
      ['log-opts', 'a'],
      '1',
      '{ "dns": ["1.1.1.1", "8.8.8.8"], "debug": true, "log-opts": {"a": "1"} }\n',
    ],
    [
      'keeps an inner object on its line',
      '{\n  "a": {"x": 1}\n}',
      ['a', 'y'],
      [1, 2],
      '{\n  "a": {"x": 1, "y": [1, 2]}\n}',
    ],
    [
      'writes lists as the file does',
      indented,
      ['hosts'],
      ['a', 'b'],
      indented.replace('true\n', 'true,\n    "hosts": [\n        "a",\n        "b"\n    ]\n'),
    ],
    [
      'breaks a long list',
      '{\n  "a": 1\n}',
      ['b'],
      ['x'.repeat(50), 'y'.repeat(50)],
      `{\n  "a": 1,\n  "b": [\n    "${'x'.repeat(50)}",\n    "${'y'.repeat(50)}"\n  ]\n}`,
    ],
    ['opens an empty object', '{}', ['debug'], true, '{\n  "debug": true\n}'],
    ['opens an empty object over two lines', '{\n}\n', ['debug'], true, '{\n  "debug": true\n}\n'],
    [
      'opens an empty inner object',
      '{\n\t"a": {}\n}',
      ['a', 'b'],
      1,
      '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
    ],
    ['fills an empty file', '', ['debug'], true, '{\n  "debug": true\n}\n'],
    [
      'fills a blank file in its line ends',
      ' \r\n',
      ['debug'],
      true,
      '{\r\n  "debug": true\r\n}\r\n',
    ],
    ['fills the literal null', 'null', ['a', 'b'], 1, '{\n  "a": {\n    "b": 1\n  }\n}\n'],
    ['keeps a BOM', '\ufeff{"a":1}', ['b'], 2, '\ufeff{"a":1,"b":2}'],
    ['keeps a BOM in an empty file', '\ufeff', ['b'], 2, '\ufeff{\n  "b": 2\n}\n'],
    ['finds an escaped key', '{"a\\u002db": 1}', ['a-b'], 2, '{"a\\u002db": 2}'],
    ['replaces null on the way', '{"a": null}', ['a', 'b'], 1, '{"a": {"b": 1}}'],
    [
      'follows the file in spaces around :',
      '{\n  "a" : 1\n}',
      ['b'],
      2,
      '{\n  "a" : 1,\n  "b" : 2\n}',
    ],
    [
      'takes aligned columns for no example',
      '{\n  "a":      1\n}',
      ['b'],
      2,
      '{\n  "a":      1,\n  "b": 2\n}',
    ],
    [
      'keeps the comma in front',
      '{\n  "a": 1\n, "b": 2\n}',
      ['c'],
      3,
      '{\n  "a": 1\n, "b": 2\n, "c": 3\n}',
    ],
    ['keeps old Mac line ends', '{\r\t"a": 1\r}\r', ['b'], 2, '{\r\t"a": 1,\r\t"b": 2\r}\r'],
    ['reaches into a list', '{"a": [{"b": 1}]}', ['a', '0', 'b'], 2, '{"a": [{"b": 2}]}'],
    ['sets a key named __proto__', '{"a": 1}', ['__proto__'], 2, '{"a": 1, "__proto__": 2}'],
  ])('%s', (...[, before, path, value, after]) => {
    expect(set(read(before), path, value).text).toBe(after);
  });

  test('keeps numbers that no Number can hold', () => {
    const before = '{"a": 9007199254740993, "b": 1.0, "c": 1e3, "d": -0}';
    expect(set(read(before), ['e'], 1).text).toBe(before.replace('}', ', "e": 1}'));
    expect(setText(read(before), ['b'], '9007199254740995').text).toBe(
      before.replace('1.0', '9007199254740995'),
    );
    expect(textAt(read(before), ['a'])).toBe('9007199254740993');
  });

  test('tells numbers apart that Number takes for one', () => {
    expect(setText(read('{"a": 9007199254740993}'), ['a'], '9007199254740992').text).toBe(
      '{"a": 9007199254740992}',
    );
  });

  test.each([
    [
      '{"log-opts": "x"}',
      ['log-opts', 'max-size'],
      /log-opts is a text, which has no key max-size/,
    ],
    ['{"dns": ["a"]}', ['dns', 'x'], /dns is a list/],
  ])('refuses a path through what has no keys: %s', (text, path, message) => {
    expect(() => set(read(text), path, 'v')).toThrow(message);
  });

  test.each(['', 'nope', '{"a":1,}', '1 2'])('refuses %j as JSON text', (json) => {
    expect(() => setText(read('{}'), ['a'], json)).toThrow(/is not a JSON value/);
  });

  test('refuses a value that holds a key twice', () => {
    expect(() => setText(read('{}'), ['a'], '{"x":1,"x":2}')).toThrow(/"x" stands twice/);
  });
});

describe('append', () => {
  test.each<[string, string, string]>([
    ['to a broken list', indented, indented.replace('"1.1.1.1"', '"1.1.1.1",\n        "new"')],
    ['to a compact list', compact, compact.replace('"1.1.1.1"', '"1.1.1.1","new"')],
    ['to a list on one line', oneLine, oneLine.replace('"8.8.8.8"', '"8.8.8.8", "new"')],
    ['to an empty list', '{"dns": []}', '{"dns": ["new"]}'],
    ['to an empty list with a space', '{"dns": [ ]}', '{"dns": [ "new" ]}'],
    ['to null', '{"dns": null}', '{"dns": ["new"]}'],
    ['to a missing list', '{}', '{\n  "dns": ["new"]\n}'],
    [
      'as broken as other lists',
      '{\n  "a": [\n    1\n  ],\n  "dns": []\n}',
      '{\n  "a": [\n    1\n  ],\n  "dns": [\n    "new"\n  ]\n}',
    ],
  ])('%s', (_, before, after) => {
    expect(append(read(before), ['dns'], 'new').text).toBe(after);
  });

  test('refuses what is no list', () => {
    expect(() => append(read('{"dns": "1.1.1.1"}'), ['dns'], 'x')).toThrow(/dns is a text/);
  });
});

describe('remove', () => {
  test.each<[string, string, string[], string]>([
    ['the first with its line', indented, ['dns'], '{\n    "debug": true\n}\n'],
    [
      'the last with its line',
      indented,
      ['debug'],
      '{\n    "dns": [\n        "1.1.1.1"\n    ]\n}\n',
    ],
    [
      'one in the middle',
      '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}',
      ['b'],
      '{\n  "a": 1,\n  "c": 3\n}',
    ],
    ['from a shared line', '{"a": 1, "b": 2,\n "c": 3}', ['b'], '{"a": 1,\n "c": 3}'],
    ['a list entry', '{"dns":["a","b","c"]}', ['dns', '1'], '{"dns":["a","c"]}'],
    ['the only list entry', '{"dns": [\n  "a"\n]}', ['dns', '0'], '{"dns": []}'],
    [
      'the only key of an inner object',
      '{\n  "a": {\n    "b": 1\n  }\n}',
      ['a', 'b'],
      '{\n  "a": {}\n}',
    ],
    ['the only key', '{\n  "a": 1\n}\n', ['a'], '{}\n'],
    ['what is not there', '{"a":1}', ['b', 'c'], '{"a":1}'],
    ['a list entry that is not there', '{"a":[1]}', ['a', '7'], '{"a":[1]}'],
  ])('%s', (...[, before, path, after]) => {
    expect(remove(read(before), path).text).toBe(after);
  });
});

describe('edits and meaning', () => {
  const key = fc.oneof(
    fc.constantFrom('a', 'b-c', 'd.e', '__proto__', 'constructor', ''),
    fc.string(),
  );
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
  const layout = fc.constantFrom<(value: unknown) => string>(
    (v) => JSON.stringify(v),
    (v) => JSON.stringify(v, null, 2),
    (v) => `\ufeff${JSON.stringify(v, null, '\t')}\n`,
    (v) => JSON.stringify(v, null, 4).replaceAll('\n', '\r\n'),
    (v) => JSON.stringify(v, null, 1).replaceAll('\n', ' '),
  );
  const documents = fc
    .tuple(fc.dictionary(key, value), layout)
    .map(([object, write]) => read(write(object)));

  test('what was set can be got, and nothing else changed', () => {
    fc.assert(
      fc.property(documents, key, value, (document, name, wanted) => {
        const edited = set(document, [name], wanted);
        expect(get(edited, [name])).toEqual(JSON.parse(JSON.stringify(wanted)));
        const others = Object.keys(get(document, []) as object).filter((other) => other !== name);
        for (const other of others) expect(textAt(edited, [other])).toBe(textAt(document, [other]));
      }),
    );
  });

  test('adding one key and taking it out again gives the same bytes', () => {
    fc.assert(
      fc.property(documents, value, (document, wanted) => {
        const name = 'a-new-key';
        expect(remove(set(document, [name], wanted), [name]).text).toBe(document.text);
      }),
    );
  });

  test('adding a list entry and taking it out again gives the same bytes', () => {
    fc.assert(
      fc.property(fc.array(value), layout, value, (list, write, wanted) => {
        const document = read(write({ first: 1, list }));
        const added = append(document, ['list'], wanted);
        expect(get(added, ['list', String(list.length)])).toEqual(
          JSON.parse(JSON.stringify(wanted)),
        );
        expect(remove(added, ['list', String(list.length)]).text).toBe(document.text);
      }),
    );
  });
});
