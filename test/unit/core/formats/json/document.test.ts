import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bytesOf,
  isDocument,
  parseDocument,
  type ParsedDocument,
} from '../../../../../src/core/formats/json/document.js';
import { get } from '../../../../../src/core/formats/json/json-edit.js';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const first = (parsed: ParsedDocument): string =>
  parsed.ok
    ? 'ok'
    : `${parsed.problems[0].code} ${parsed.problems[0].line}:${parsed.problems[0].column}`;

describe('parseDocument', () => {
  test.each([
    ['a missing file', null],
    ['an empty file', utf8('')],
    ['white space', utf8(' \r\n\t')],
    ['the literal null', utf8('null\n')],
    ['a lone BOM', utf8('\ufeff')],
  ])('reads %s as no settings', (_, bytes) => {
    const parsed = parseDocument(bytes);
    expect(parsed.ok && get(parsed.document, [])).toEqual({});
  });

  test.each([
    ['{"a": 1}', 'utf-8', utf8('{"a": 1}')],
    ['a BOM', 'utf-8-bom', utf8('\ufeff{"a": 1}')],
    ['UTF-16 LE with BOM', 'utf-16le', Buffer.from('\ufeff{"a": 1}', 'utf16le')],
    ['UTF-16 BE with BOM', 'utf-16be', Buffer.from('\ufeff{"a": 1}', 'utf16le').swap16()],
  ])('reads %s as %s and gives its bytes back', (_, encoding, bytes) => {
    const parsed = parseDocument(bytes);
    if (!parsed.ok) throw new Error(first(parsed));
    expect(parsed.document.encoding).toBe(encoding);
    expect(get(parsed.document, ['a'])).toBe(1);
    expect(Buffer.from(bytesOf(parsed.document)).equals(bytes)).toBe(true);
  });

  test.each([
    ['duplicate-key 1:11', '{"a": {}, "a": 1}'],
    ['duplicate-key 1:17', '{"b-c": {"x": 1,"x": 2}}'],
    ['duplicate-key 1:12', '{"b-c": 1, "b\\u002dc": 2}'],
  ])('answers %s for %j', (expected, text) => {
    expect(first(parseDocument(utf8(text)))).toBe(expected);
  });

  test('names both places of a duplicate key and shows the line with a caret', () => {
    const parsed = parseDocument(utf8('{\n\t"mtu": 1400,\n\t"mtu": 1500\n}\n'));
    expect(parsed.ok || parsed.problems).toEqual([
      {
        code: 'duplicate-key',
        message: '"mtu" stands twice: already at line 2, column 2; dockerd takes the last',
        hint: 'join the two into one, or remove one of them',
        offset: 17,
        line: 3,
        column: 2,
        snippet: ' "mtu": 1500\n ^',
      },
    ]);
  });

  test('reports at most ten duplicates of a file that repeats one key', () => {
    const parsed = parseDocument(utf8(`{${Array(500).fill('"a": 1').join(',')}}`));
    expect(parsed.ok || parsed.problems.length).toBe(10);
  });
});

describe('parseDocument and JSON.parse', () => {
  const judge = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return 'refused';
    }
  };
  const read = (text: string): unknown => {
    const parsed = parseDocument(utf8(text));
    return parsed.ok ? get(parsed.document, []) : 'refused';
  };

  test('agree on every object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom('', '  ', '\t'),
        (value, indent) => {
          const text = JSON.stringify(value, null, indent);
          expect(read(text)).toEqual(JSON.parse(text));
          expect(isDocument(utf8(text))).toBe(true);
        },
      ),
    );
  });

  test('agree on what is no JSON, in texts made of its own characters', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"',
      '\\',
      '\\u0041',
      'true',
      'null',
      '0',
      '-',
      '1',
      '.5',
      'e3',
      ' ',
      '\n',
      '\t',
      '/',
      '#',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `{"k":${pieces.join('')}}`;
        const [ours, theirs] = [read(text), judge(text)];
        const duplicate = first(parseDocument(utf8(text))).startsWith('duplicate-key');
        if (!duplicate) expect(ours).toEqual(theirs);
        expect(isDocument(utf8(text))).toBe(parseDocument(utf8(text)).ok);
      }),
      { numRuns: 3000 },
    );
  });
});
