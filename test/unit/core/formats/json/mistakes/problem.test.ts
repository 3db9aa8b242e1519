import { describe, expect, test } from '@jest/globals';
import {
  parseDocument,
  type ParsedDocument,
  parseText,
} from '../../../../../../src/core/formats/json/document.js';
import {
  encodingProblem,
  problemAt,
  rootFault,
} from '../../../../../../src/core/formats/json/mistakes/problem.js';
import { decode } from '../../../../../../src/core/formats/json/syntax/encoding.js';
import { scan } from '../../../../../../src/core/formats/json/syntax/scan.js';

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const first = (parsed: ParsedDocument): string =>
  parsed.ok
    ? 'ok'
    : `${parsed.problems[0].code} ${parsed.problems[0].line}:${parsed.problems[0].column}`;

describe('a text that is no configuration', () => {
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

const said = (text: string) => {
  const parsed = parseText(text);
  return parsed.ok ? [] : [parsed.problems[0].message, parsed.problems[0].hint];
};

describe('what is said names what stands there', () => {
  test.each([
    ['{"a"：1}', /：/, /plain character/],
    ['{"a": 1 = 2}', /^= cannot stand here$/, /remove it/],
    ['{"a": 1 \u0001}', /U\+0001/, /remove/],
    ['{\u200b"a": 1}', /U\+200B/, /./],
    ['{"a": 1, {"b": 2}}', /before \{/, /"key":/],
    ['"a": 1', /braces around the whole/, /put \{ before the first key and \} at the end/],
    ['"a": 1\n}', /the \{ at the beginning .* is missing/, /^put \{ before the first key$/],
    ['{"a": 1}, "b": 2}', /ends the configuration/, /^remove that \}$/],
    ['{"a": 1}, "b": 2', /ends the configuration/, /put it at the end/],
    ['{"dns: ["1.1.1.1"]}', /^the key dns has no closing quote$/, /^write "dns":$/],
    ['{""a"": 1}', /two quotes/, /write "/],
    ['[root@host ~]# cat daemon.json\n{}', /shell command/, /between \{ and \}/],
    ['{"a": true，"b": 1}', /，/, /plain character/],
  ])('%j', (text, message, hint) => {
    const [what = '', next = ''] = said(text);
    expect(what).toMatch(message);
    expect(next).toMatch(hint);
  });
});

test.each([
  ['[{"a": 1}]', 'a list', 'remove the [ at the beginning and the ] at the end'],
  ['["a"]', 'a list', 'put the settings between { and }'],
  ['"{\\"a\\": 1}"', 'a string', 'take the quotes around it away, and write " where \\" stands'],
  ['true', 'a boolean', 'put the settings between { and }'],
  ['12', 'a number', 'put the settings between { and }'],
])('%s is no object', (text, kind, hint) => {
  const scanned = scan(text);
  if (!scanned.ok || scanned.root === null) throw new Error(text);
  const fault = rootFault(scanned.root);
  expect(fault.message).toBe(`the configuration must be an object, { … }; this is ${kind}`);
  expect(fault.hint).toBe(hint);
});

test('what is no text is told with the line that could be read', () => {
  const decoded = decode(Buffer.from('{\n "caf\xe9": 1}', 'latin1'));
  if (decoded.ok) throw new Error(decoded.text);
  expect(encodingProblem(decoded)).toMatchObject({
    ...{ code: 'invalid-utf-8', line: 2, column: 6 },
    snippet: ' "caf\ufffd": 1}\n     ^',
  });
});

test('a problem has the place of its offset', () => {
  expect(problemAt('a\nbc', 3, { code: 'x', message: 'm', hint: 'h' })).toEqual({
    ...{ code: 'x', message: 'm', hint: 'h', offset: 3, line: 2, column: 2 },
    snippet: 'bc\n ^',
  });
});
