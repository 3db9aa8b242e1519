import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, encode } from '../../../../../../src/core/formats/json/syntax/encoding.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const TEXT = '{"é": "😀"}';
const le = Buffer.from(`\ufeff${TEXT}`, 'utf16le');
const be = Buffer.from(le).swap16();

/** A BOM as it stands in a file: RFC 3629 section 6, RFC 2781 section 3.2. */
test.each([
  ['utf-8', Buffer.from(TEXT), TEXT],
  ['utf-8-bom', Buffer.concat([hex('ef bb bf'), Buffer.from(TEXT)]), `\ufeff${TEXT}`],
  ['utf-16le', le, `\ufeff${TEXT}`],
  ['utf-16be', be, `\ufeff${TEXT}`],
  ['utf-8', Buffer.alloc(0), ''],
  ['utf-16le', hex('ff fe'), '\ufeff'],
])('%s is read, and written back as it was', (encoding, bytes, text) => {
  const decoded = decode(bytes);
  expect(decoded).toEqual({ ok: true, text, encoding });
  expect(decoded.ok && Buffer.from(encode(decoded.text, decoded.encoding))).toEqual(bytes);
});

test.each([
  ['a Latin-1 letter', Buffer.from('{\n "\xff": 1}', 'latin1'), 'invalid-utf-8', 4],
  ['GBK', hex('7b 22 d6 d0 22 7d'), 'invalid-utf-8', 2],
  ['an emoji that is cut', hex('22 f0 9f 98'), 'invalid-utf-8', 1],
  ['a surrogate of its own (RFC 3629 section 3)', hex('22 ed a0 80 22'), 'invalid-utf-8', 1],
  ['an overlong slash', hex('22 c0 af 22'), 'invalid-utf-8', 1],
  ['a bad byte behind a character of two units', hex('f0 9f 98 80 ff'), 'invalid-utf-8', 2],
  ['UTF-16 LE without BOM', Buffer.from('{"a": 1}', 'utf16le'), 'utf-16-without-bom', 0],
  ['UTF-16 BE without BOM', Buffer.from('{"a": 1}', 'utf16le').swap16(), 'utf-16-without-bom', 0],
  ['UTF-16 of odd length', Buffer.concat([le, hex('41')]), 'binary', `\ufeff${TEXT}`.length],
  ['git-crypt', hex('00 47 49 54 43 52 59 50 54 00 01'), 'encrypted', 0],
  ['OpenPGP', hex('85 01 0c 03'), 'encrypted', 0],
  ['gzip', hex('1f 8b 08 00'), 'binary', 0],
  ['ELF', hex('7f 45 4c 46 02'), 'binary', 0],
  ['zip', hex('50 4b 03 04'), 'binary', 0],
])('%s is no text', (_, bytes, code, offset) => {
  expect(decode(bytes)).toMatchObject({ ok: false, code, offset });
});

test('a block of NUL bytes, as a crash leaves it, is text to a decoder of UTF-8', () => {
  expect(decode(Buffer.alloc(4096))).toEqual({
    ok: true,
    text: '\0'.repeat(4096),
    encoding: 'utf-8',
  });
});

test('what is read is written back byte by byte, whatever the bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.uint8Array({ maxLength: 20 }).map((tail) => Buffer.concat([hex('ff fe'), tail])),
    fc.uint8Array({ maxLength: 20 }).map((tail) => Buffer.concat([hex('fe ff'), tail])),
  );
  fc.assert(
    fc.property(bytes, (given) => {
      const decoded = decode(given);
      if (decoded.ok)
        expect(Buffer.from(encode(decoded.text, decoded.encoding))).toEqual(Buffer.from(given));
      else expect(decoded.offset).toBeLessThanOrEqual(decoded.text.length);
    }),
    { numRuns: 1000 },
  );
});
