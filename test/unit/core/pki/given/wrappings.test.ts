import { describe, expect, test } from '@jest/globals';
import { innerOf, textOf } from '../../../../../src/core/pki/given/wrappings.js';

const TEXT = '-----BEGIN X-----\nä\n-----END X-----\n';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('the characters of a file', () => {
  test.each<[string, string | Uint8Array, boolean]>([
    ['as it is', TEXT, true],
    ['with CRLF', TEXT.replaceAll('\n', '\r\n'), true],
    ['with a byte order mark', `\ufeff${TEXT}`, true],
    ['with CR alone', TEXT.replaceAll('\n', '\r'), false],
    ['in UTF-16, little end first', utf16(`\ufeff${TEXT}`), false],
    ['in UTF-16, big end first', utf16(`\ufeff${TEXT}`).swap16(), false],
    ['in UTF-16 without a mark', utf16(TEXT), false],
    ['in UTF-16 without a mark, big end first', utf16(TEXT).swap16(), false],
    ['escaped as in JSON', TEXT.replaceAll('\n', '\\n'), false],
    ['escaped twice', TEXT.replaceAll('\n', '\\\\r\\\\n'), false],
    ['percent-encoded', encodeURIComponent(TEXT), false],
    ['in HTML', TEXT.replaceAll('\n', '<br/>'), false],
    ['with typographic dashes', TEXT.replaceAll('-', '\u2013'), true],
    ['in Latin-1', Buffer.from(TEXT, 'latin1'), true],
  ])('%s', (_, given, hasItsLines) => {
    expect(textOf(Buffer.from(given))).toEqual({ text: TEXT, hasItsLines });
  });

  test('percent signs that are no escapes stay', () => {
    expect(textOf(Buffer.from('BEGIN%20%zz')).text).toBe('BEGIN%20%zz');
  });
});

describe('what stands in base64', () => {
  const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');
  const PEM = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n-----END CERTIFICATE-----\n`;

  test('from end to end: PEM or DER', () => {
    expect(innerOf(base64(PEM).replace(/.{76}/g, '$&\n'))?.toString()).toBe(PEM);
    const der = Buffer.concat([Buffer.of(0x30), Buffer.alloc(60)]);
    expect(innerOf(`"${base64(der)}"`)).toEqual(der);
  });

  test('as values of keys, one behind the other', () => {
    const yaml = `ca: ${base64(PEM)}\nkey: ${base64('-----BEGIN K')}\n`;
    expect(innerOf(yaml)?.toString()).toBe(`${PEM}\n-----BEGIN K\n`);
  });

  test.each(['hello', 'A'.repeat(100), base64('x'.repeat(80)), ''])('%j holds neither', (text) => {
    expect(innerOf(text)).toBeNull();
  });
});
