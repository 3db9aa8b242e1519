import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { KEY_TYPES } from '../../../../../src/core/pki/keys/key-type.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import {
  buildCertificate,
  serialFrom,
  serialText,
  type CertificateContent,
  type Issuer,
} from '../../../../../src/core/pki/x509/certificate.js';
import { encodeScheme, schemeFor } from '../../../../../src/core/pki/x509/signature.js';
import { encodeSubject } from '../../../../../src/core/pki/x509/subject.js';
import { makeSigner } from '../../../../support/authority.js';
import { temporaryFolder } from '../../../../support/node-host.js';

const { certificate: root, key } = await makeSigner({ subject: [['CN', 'Root']] });
const scheme = schemeFor(key);
const issuer: Issuer = {
  name: encodeSubject([['CN', 'Root']]),
  keyId: Buffer.from(root.subjectKeyId ?? '', 'hex'),
  key,
  scheme,
  algorithm: encodeScheme(scheme),
};
const { spki } = await KEY_TYPES['ecdsa-p256'].generate();
const CONTENT: CertificateContent = {
  serial: Buffer.from('4f00000000000000000000000000000a', 'hex'),
  subject: [['CN', 'a.test']],
  notBefore: Date.UTC(2026, 0, 1),
  notAfter: Date.UTC(2050, 0, 1),
  spki,
  names: [{ kind: 'dns', value: 'a.test' }],
  role: { authority: null, usages: ['server', 'client'] },
  crlUrl: 'http://ca.test/a.crl',
  caUrl: 'http://ca.test/a.crt',
};

/** As OpenSSL reads it. */
function readByOpenssl(content: CertificateContent): string {
  const pem = toPem('CERTIFICATE', buildCertificate(content, issuer));
  return execFileSync('openssl', ['x509', '-noout', '-text'], { input: pem, encoding: 'utf8' });
}

test('OpenSSL reads of it all that was said, and finds its signature good', () => {
  const text = readByOpenssl(CONTENT).replace(/\s+/g, ' ');
  for (const said of [
    'Version: 3 (0x2)',
    'Serial Number: 4f:00:00:00:00:00:00:00:00:00:00:00:00:00:00:0a',
    'Issuer: CN = Root',
    'Not Before: Jan 1 00:00:00 2026 GMT',
    'Not After : Jan 1 00:00:00 2050 GMT',
    'Subject: CN = a.test',
    'X509v3 Basic Constraints: critical CA:FALSE',
    'X509v3 Key Usage: critical Digital Signature',
    'TLS Web Server Authentication, TLS Web Client Authentication',
    'X509v3 Subject Alternative Name: DNS:a.test',
    'URI:http://ca.test/a.crl',
    'CA Issuers - URI:http://ca.test/a.crt',
  ])
    expect(text.replaceAll('CN=', 'CN = ')).toContain(said);
  const folder = temporaryFolder();
  const files = { root: join(folder, 'root.pem'), leaf: join(folder, 'leaf.pem') };
  writeFileSync(files.root, toPem('CERTIFICATE', root.der));
  writeFileSync(files.leaf, toPem('CERTIFICATE', buildCertificate(CONTENT, issuer)));
  const argv = ['verify', '-no_check_time', '-CAfile', files.root, files.leaf];
  expect(execFileSync('openssl', argv, { encoding: 'utf8' })).toContain(': OK');
});

test('what was not said is not in it', () => {
  const text = readByOpenssl({ ...CONTENT, names: [], crlUrl: null, caUrl: null });
  expect(text).not.toMatch(/Alternative Name|CRL Distribution|Authority Information/);
  expect(text).toContain('X509v3 Authority Key Identifier');
});

/** RFC 5280 4.2.1.6: with an empty subject the alternative names are critical. */
test('without a subject its names are critical', () => {
  expect(readByOpenssl({ ...CONTENT, subject: [] })).toMatch(/Alternative Name: critical/);
});

/** RFC 5280 4.1.2.2: positive, at most 20 octets; a leading zero octet would make it longer than its number. */
test.each([
  ['00'.repeat(16), `40${'00'.repeat(15)}`],
  ['ff'.repeat(16), `7f${'ff'.repeat(15)}`],
])('the serial from %s is positive, without a leading zero', (random, serial) => {
  expect(serialText(serialFrom(Buffer.from(random, 'hex')))).toBe(serial);
});
