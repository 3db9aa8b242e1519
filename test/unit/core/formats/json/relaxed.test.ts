import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import JSON5 from 'json5';
import { get } from '../../../../../src/core/formats/json/json-edit.js';
import { commentsText, relax, type Relaxed } from '../../../../../src/core/formats/json/relaxed.js';

const read = (text: string): Relaxed => relax(Buffer.from(text, 'utf8'));
const strict = (text: string): string => {
  const relaxed = read(text);
  return relaxed.ok ? relaxed.document.text : `refused: ${relaxed.problems[0].code}`;
};

describe('relax', () => {
  test.each([
    ['a line of comment goes with its line', '{\n  // why\n  "a": 1\n}\n', '{\n  "a": 1\n}\n'],
    ['hash comments too', '{\n\t# why\n\t"a": 1 # because\n}', '{\n\t"a": 1\n}'],
    [
      'a comment behind a value',
      '{\r\n  "a": 1, // why\r\n  "b": 2\r\n}',
      '{\r\n  "a": 1,\r\n  "b": 2\r\n}',
    ],
    ['a block over lines', '{\n  /* one\n     two */\n  "a": 1\n}', '{\n  "a": 1\n}'],
    ['a block inside a line', '{"a": /* why */ 1}', '{"a": 1}'],
    ['comments that look like strings', '{"a": 1 // "b": "\n}', '{"a": 1\n}'],
    [
      'strings that look like comments',
      '{"a": "http://x/*#*/", "b": "#"}',
      '{"a": "http://x/*#*/", "b": "#"}',
    ],
    ['a trailing comma', '{"a": [1, 2,],}', '{"a": [1, 2]}'],
    [
      'a trailing comma before commented keys',
      '{\n  "a": 1,\n  #"b": 2,\n  #"c": 3\n}\n',
      '{\n  "a": 1\n}\n',
    ],
    ['a comment before the first brace', '// ours\n{"a": 1}\n', '{"a": 1}\n'],
    ['a comment at the end without newline', '{"a": 1}\n// end', '{"a": 1}\n'],
    [
      'single quotes and bare keys',
      "{a: 'it\\'s \"b\"', $c: 1}",
      '{"a": "it\'s \\"b\\"", "$c": 1}',
    ],
    [
      'JSON5 numbers',
      '{a: 0x10, b: +1, c: .5, d: 9007199254740993}',
      '{"a": 16, "b": 1, "c": 0.5, "d": 9007199254740993}',
    ],
    ['no-break spaces', '{\n\u00a0\u00a0"a": 1\n}', '{\n  "a": 1\n}'],
    ['a BOM', '\ufeff{"a": 1,}', '\ufeff{"a": 1}'],
    ['nothing but a comment', '# nothing here\n', ''],
    [
      'backslashes that begin no escape',
      String.raw`{"a": "^(prod|\w+)\.$", "b": "C:\docker", "c": "\\w \" \\\w",}`,
      String.raw`{"a": "^(prod|\\w+)\\.$", "b": "C:\\docker", "c": "\\w \" \\\\w"}`,
    ],
    ['strict JSON', '{ "a" : 1.0 }', '{ "a" : 1.0 }'],
  ])('%s', (_, before, after) => {
    expect(strict(before)).toBe(after);
  });

  test.each([
    ['a missing comma', 'missing-comma 3:8', '{\n  // why\n  "a": 1 // b\n  "b": 2\n}'],
    ['a key that stands twice', 'duplicate-key 1:10', '{"a": 1, "a": 2,}'],
    ['a comment that does not end', 'comment 1:2', '{/* "a": 1}'],
    ['a number that has no JSON', 'bad-literal 1:7', '{"a": Infinity}'],
    ['typographic quotes', 'smart-quotes 1:2', '{“a”: 1,}'],
    ['a bare key that is no name', 'unquoted-key 1:2', '{max-size: 1}'],
    ['two commas', 'trailing-comma 1:8', '{"a": 1,,}'],
    ['a NUL byte', 'nul-byte 2:10', '// x\n{"a": 1,}\0'],
    ['a list', 'wrong-root 2:1', '// x\n[1,]'],
  ])('refuses %s, at its place in the original', (_, expected, text) => {
    const relaxed = read(text);
    if (relaxed.ok) throw new Error(relaxed.document.text);
    const [{ code, line, column }] = relaxed.problems;
    expect(`${code} ${line}:${column}`).toBe(expected);
  });

  test('reads UTF-16 without BOM as UTF-8 to come', () => {
    const relaxed = relax(Buffer.from('{"a": 1}', 'utf16le'));
    expect(relaxed.ok && [relaxed.document.text, relaxed.document.encoding]).toEqual([
      '{"a": 1}',
      'utf-8',
    ]);
  });

  test('keeps the comments with the lines they stood on', () => {
    const relaxed = read('// one\n{\n  "a": 1, # two\n  /* three\n  */ // four\n}\n');
    expect(relaxed.ok && commentsText('/etc/docker/daemon.json', relaxed.comments)).toBe(
      'Comments that stood in /etc/docker/daemon.json (dockerd reads JSON, which has none):\n' +
        'line 1: // one\nline 3: # two\nline 4: /* three\n  */\nline 5: // four\n',
    );
  });

  test('means what JSON5 means', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom(0, 2),
        (object, space) => {
          const value = JSON.parse(JSON.stringify(object)) as unknown;
          const relaxed = read(JSON5.stringify(value, null, space));
          expect(relaxed.ok && get(relaxed.document, [])).toEqual(value);
        },
      ),
    );
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.array(
          fc.constantFrom('{', '}', '/*', '//', '#', "'", '"', '\\', ',', ':', 'a', '\0', '\n'),
        ),
        (bytes, marks) => {
          expect(typeof relax(bytes).ok).toBe('boolean');
          expect(typeof read(marks.join('')).ok).toBe('boolean');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
