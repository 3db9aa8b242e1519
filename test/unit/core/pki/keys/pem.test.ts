import { expect, test } from '@jest/globals';
import { isPem, pemBlocks, toPem } from '../../../../../src/core/pki/keys/pem.js';

/** RFC 7468 section 2: lines of 64, the last shorter, and a line end behind each. */
test.each([
  [0, []],
  [1, [4]],
  [48, [64]],
  [49, [64, 4]],
  [100, [64, 64, 8]],
])('%s bytes are lines of %j', (size, widths) => {
  const lines = toPem('CERTIFICATE', Buffer.alloc(size, 7)).split('\n');
  expect(lines[0]).toBe('-----BEGIN CERTIFICATE-----');
  expect(lines.at(-2)).toBe('-----END CERTIFICATE-----');
  expect(lines.at(-1)).toBe('');
  expect(lines.slice(1, -2).map(({ length }) => length)).toEqual(widths);
});

test('a part of a larger buffer is written alone', () => {
  const part = Buffer.from('abcdef').subarray(2, 4);
  expect(pemBlocks(toPem('X', part))[0]?.der.toString()).toBe('cd');
});

const A = toPem('CERTIFICATE', Buffer.from('a'));
const KEY = toPem('EC PRIVATE KEY', Buffer.from('k'));

test.each<[string, string, string[]]>([
  ['one', A, ['CERTIFICATE a']],
  [
    'several, with text around',
    `subject=x\n${A}\n# key\n${KEY}end`,
    ['CERTIFICATE a', 'EC PRIVATE KEY k'],
  ],
  ['lines of Windows', A.replaceAll('\n', '\r\n'), ['CERTIFICATE a']],
  ['no last line end', A.trimEnd(), ['CERTIFICATE a']],
  ['one that does not end', A.replace('-----END', 'END'), []],
  ['another end', A.replace('END CERTIFICATE', 'END X'), []],
  [
    'headers of old',
    KEY.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n'),
    [],
  ],
  ['nothing', '', []],
])('the blocks of %s', (_, text, blocks) => {
  expect(pemBlocks(text).map(({ label, der }) => `${label} ${der.toString()}`)).toEqual(blocks);
});

test('a block is as it stands in the file', () => {
  expect(pemBlocks(`x ${A} y`)[0]?.text).toBe(A.trimEnd());
});

test.each([
  [A, true],
  [`Bag Attributes\n${A}`, true],
  ['MIIB', false],
  ['', false],
  ['----BEGIN CERTIFICATE----', false],
])('%j is PEM: %s', (text, expected) => {
  expect(isPem(Buffer.from(text))).toBe(expected);
});
