import { beforeAll, describe, expect, test } from '@jest/globals';
import { unreadForm } from '../../../../../src/core/doctor/trust/anchor-forms.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { makeSigner } from '../../../../support/authority.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const PATH = '/usr/local/share/ca-certificates/lab.crt';
let [pem, der] = ['', Buffer.of()];
beforeAll(async () => {
  const { certificate } = await makeSigner();
  der = Buffer.from(certificate.der);
  pem = toPem('CERTIFICATE', der);
});
const form = (bytes: string | Uint8Array) => unreadForm(treeOf({ [PATH]: bytes }), PATH);
const ADD = 'dockerctl trust add-ca /root/lab.crt';

/** What crypto/x509 AppendCertsFromPEM and encoding/pem pass over. */
describe('what people and tools leave behind', () => {
  test.each<[string, (text: string) => string | Uint8Array]>([
    ['it is UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a byte order mark stands before its first line', (text) => `\ufeff${text}`],
    [
      'its label is not CERTIFICATE',
      (text) => text.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
    ],
    ['it is a PKCS#7 file (p7b)', (text) => text.replaceAll('CERTIFICATE', 'PKCS7')],
    ['its lines are indented', (text) => text.replaceAll(/^/gm, '\t')],
    ['its line ends are written as \\n', (text) => text.replaceAll('\n', '\\n')],
    ['its lines end in carriage returns alone', (text) => text.replaceAll('\n', '\r')],
    ['header lines stand in its block', (text) => text.replace('\n', '\nProc-Type: 4\n\n')],
    [
      'it is base64 without the lines BEGIN and END',
      (text) => text.replaceAll(/-----.*-----\n/g, ''),
    ],
  ])('%s', (what, wrap) => {
    const found = form(wrap(pem));
    expect(found?.what).toBe(what);
    expect(found?.hint).toMatch(new RegExp(` && ${ADD}$`));
  });
});

test('what we read ourselves is moved and added, the rest goes through openssl', () => {
  expect(form(`\ufeff${pem}`)?.hint).toBe(`mv -n ${PATH} /root/lab.crt && ${ADD}`);
  expect(form('-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n')?.hint).toBe(
    `openssl pkcs7 -print_certs -in ${PATH} -out /root/lab.crt && rm ${PATH} && ${ADD}`,
  );
});

test('a link that leads nowhere is set aside', () => {
  expect(unreadForm(new Map([[PATH, null]]), PATH)).toEqual({
    what: 'it is a link that leads nowhere',
    hint: `mv -n ${PATH} ${PATH}.unused`,
  });
});

test('Go reads it, it is DER, or it is nothing that people take for a certificate', () => {
  expect(form(pem)).toBeNull();
  expect(form(pem.replaceAll('\n', '\r\n'))).toBeNull();
  expect(form(`Certificate: x\n${pem}`)).toBeNull();
  expect(form(der)).toBeNull();
  expect(form('{"a": 1}')).toBeNull();
  expect(unreadForm(new Map(), PATH)).toBeNull();
});
