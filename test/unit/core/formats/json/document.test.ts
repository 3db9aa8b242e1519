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
    ['comment 2:3', '{\n  // why\n  "a": 1\n}'],
    ['comment 1:10', '{"a": 1, /* why */ "b": 2}'],
    ['comment 1:9', '{"a": 1 # why\n}'],
    ['comment 2:1', '{}\n// end'],
    ['trailing-comma 1:8', '{"a": 1, }'],
    ['trailing-comma 1:9', '{"a": [1,]}'],
    ['extra-comma 1:9', '{"a": 1,,"b": 2}'],
    ['extra-comma 1:2', '{,}'],
    ['missing-comma 1:7', '{"a": 1 "b": 2}'],
    ['missing-comma 1:10', '{"a": ["x" "y"]}'],
    ['missing-colon 1:6', '{"a" 1}'],
    ['missing-value 1:7', '{"a": }'],
    ['missing-value 1:7', '{"a": , "b": 1}'],
    ['smart-quotes 1:2', '{“a”: 1}'],
    ['single-quotes 1:2', "{'a': 1}"],
    ['wide-punctuation 1:5', '{"a"：1}'],
    ['nbsp 2:1', '{\n\u00a0"a": 1}'],
    ['nbsp 1:1', '\u200b{}'],
    ['nul-byte 1:3', '{}\0'],
    ['control-character 1:2', '{"a\tb": 1}'],
    ['control-character 1:2', '{\x07"a": 1}'],
    ['unterminated-string 1:2', '{"a: 1}\n'],
    ['bad-escape 1:7', '{"a": "C:\\docker"}'],
    ['bad-escape 1:7', '{"a": "\\u12"}'],
    ['bad-number 1:7', '{"a": 012}'],
    ['bad-number 1:7', '{"a": +1}'],
    ['bad-number 1:7', '{"a": 1.}'],
    ['bad-number 1:7', '{"a": 1e}'],
    ['bad-number 1:7', '{"a": 0x10}'],
    ['bad-number 1:7', '{"a": 10m}'],
    ['bad-literal 1:7', '{"a": True}'],
    ['bad-literal 1:7', '{"a": None}'],
    ['unquoted-value 1:7', '{"a": json-file}'],
    ['unquoted-key 1:2', '{a: 1}'],
    ['nested-object 1:10', '{"a": 1, {"b": 2}}'],
    ['mismatched-bracket 1:9', '{"a": [1}'],
    ['missing-braces 1:4', '"a": 1'],
    ['extra-bracket 1:9', '{"a": 1}}'],
    ['early-close 1:9', '{"a": 1}, "b": 2}'],
    ['second-value 2:1', '{}\n{}'],
    ['trailing-content 2:1', '{}\nhello'],
    ['shell-text 2:1', '{}\nEOF\n'],
    ['shell-text 2:1', '{}\nroot@host:~# systemctl restart docker\n'],
    ['shell-text 1:1', "cat > /etc/docker/daemon.json <<'EOF'\n{}\nEOF\n"],
    ['shell-text 1:1', '# sudo tee /etc/docker/daemon.json\n{}'],
    ['html 1:1', '<!DOCTYPE html>\n<html>'],
    ['encrypted 1:1', '$ANSIBLE_VAULT;1.1;AES256\n6138'],
    ['yaml 1:1', 'debug: true\n'],
    ['merge-conflict 2:1', '{\n<<<<<<< HEAD\n"a": 1}'],
    ['template 1:8', '{"a": {{ mirrors }}}'],
    ['missing-end 1:8', '{"a": 1'],
    ['truncated 2:2', '{\n\t"insecure-registrie'],
    ['wrong-root 1:1', '[]'],
    ['wrong-root 2:1', '\n"text"'],
    ['wrong-root 1:1', '12'],
    ['duplicate-key 1:11', '{"a": {}, "a": 1}'],
    ['duplicate-key 1:17', '{"b-c": {"x": 1,"x": 2}}'],
    ['duplicate-key 1:12', '{"b-c": 1, "b\\u002dc": 2}'],
    ['unexpected-character 1:9', '{"a": 1 = 2}'],
  ])('answers %s for %j', (expected, text) => {
    expect(first(parseDocument(utf8(text)))).toBe(expected);
  });

  test.each([
    ['invalid-utf-8 2:3', Buffer.from('{\n "\xff": 1}', 'latin1')],
    ['utf-16-without-bom 1:1', Buffer.from('{"a": 1}', 'utf16le')],
    ['utf-16-without-bom 1:1', Buffer.from('{"a": 1}', 'utf16le').swap16()],
    ['encrypted 1:1', Buffer.from('\0GITCRYPT\0abc', 'latin1')],
    ['binary 1:1', Buffer.from([0x1f, 0x8b, 8, 0])],
    ['nul-byte 1:1', Buffer.alloc(4096)],
  ])('answers %s for bytes that are no text', (expected, bytes) => {
    expect(first(parseDocument(bytes))).toBe(expected);
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

  test('refuses more than 200 levels, however many there are', () => {
    const deep = (levels: number): Uint8Array =>
      utf8(`{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`);
    expect(first(parseDocument(deep(199)))).toBe('ok');
    expect(first(parseDocument(deep(200)))).toBe('too-deep 1:205');
    expect(first(parseDocument(deep(1_000_000)))).toBe('too-deep 1:205');
  });

  test('cuts long lines and takes control characters out of the snippet', () => {
    const parsed = parseDocument(utf8(`{"a": "${'x'.repeat(300)}\x1b[2J", "b" 1}`));
    expect(parsed.ok ? '' : parsed.problems[0].snippet.split('\n')[0]).toMatch(/^[ -~·]{1,100}$/);
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
