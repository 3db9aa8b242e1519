import { beforeAll, describe, expect, test } from '@jest/globals';
import { readAuthorities } from '../../../../../src/core/trust/material/authorities.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { makeSigner } from '../../../../support/authority.js';

const NOW = Date.now();
let pem = '';
beforeAll(async () => {
  const { certificate } = await makeSigner();
  pem = toPem('CERTIFICATE', certificate.der);
});
const read = (text: string | Uint8Array) =>
  readAuthorities({ name: 'ca.crt', bytes: Buffer.from(text) }, NOW).pem;

describe('a CA in the wrapping that it was pasted in', () => {
  const wrappings: readonly (readonly [string, (text: string) => string | Uint8Array])[] = [
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['CR alone', (text) => text.replaceAll('\n', '\r')],
    ['indented', (text) => text.replace(/^/gm, '    ')],
    ['quoted by a mail', (text) => text.replace(/^/gm, '> ')],
    ['a JSON string', (text) => JSON.stringify(text)],
    ['escaped, without quotes', (text) => text.replaceAll('\n', '\\n')],
    ['base64 of PEM', (text) => Buffer.from(text).toString('base64')],
    [
      'base64 of PEM, in lines',
      (text) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n'),
    ],
    ['base64 of DER', (text) => text.replace(/-----[^-]*-----/g, '').trim()],
    ['UTF-16, as PowerShell writes it', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['text before and behind', (text) => `subject=CN=Root\n${text}\nthat was it\n`],
  ];
  test.each(wrappings)('%s', (_, wrap) => {
    expect(read(wrap(pem))).toBe(pem);
  });

  test('containers are refused with the command that takes the certificates out', () => {
    const p7b = Buffer.from('30820123' + '06092a864886f70d010702' + '00'.repeat(64), 'hex');
    const p12 = Buffer.from('30820456020103' + '00'.repeat(64), 'hex');
    const hintOf = (bytes: string | Uint8Array) => {
      try {
        return read(bytes);
      } catch (error) {
        return (error as { hint: string }).hint;
      }
    };
    expect(hintOf(p7b)).toMatch(/openssl pkcs7 -inform DER -print_certs -in ca\.crt -out ca\.crt/);
    expect(hintOf(p7b.toString('base64'))).toMatch(/openssl pkcs7/);
    expect(hintOf('-----BEGIN PKCS7-----\nMII=\n-----END PKCS7-----\n')).toMatch(
      /openssl pkcs7 -print/,
    );
    expect(hintOf(p12)).toMatch(/openssl pkcs12 -in ca\.crt -cacerts -nokeys/);
  });

  test('of a bundle the bad block is named', () => {
    const bad = pem.replace(/\n[A-Za-z0-9+/]{10}/, '\nAAAAAAAAAA');
    expect(() => read(pem + bad + pem)).toThrow(/certificate 2 of 3/);
  });
});
