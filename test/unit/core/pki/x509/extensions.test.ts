import { createHash, createPublicKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import * as extensions from '../../../../../src/core/pki/x509/extensions.js';
import { parsePermit } from '../../../../../src/core/pki/x509/constraints.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { derOf, issue } from '../../../../support/openssl.js';

/** A certificate of OpenSSL's with one extension in it, DER. */
const opensslWith = (line: string) =>
  derOf(issue(temporaryFolder(), { cn: 'x', extensions: [line] }).cert);

test.each<[string, () => Buffer]>([
  [
    'basicConstraints=critical,CA:TRUE,pathlen:0',
    () => extensions.basicConstraints({ pathLength: 0 }),
  ],
  [
    'basicConstraints=critical,CA:TRUE,pathlen:3',
    () => extensions.basicConstraints({ pathLength: 3 }),
  ],
  ['basicConstraints=critical,CA:FALSE', () => extensions.basicConstraints(null)],
  ['keyUsage=critical,keyCertSign,cRLSign', () => extensions.keyUsage(['keyCertSign', 'cRLSign'])],
  ['keyUsage=critical,decipherOnly', () => extensions.keyUsage(['decipherOnly'])],
  [
    'keyUsage=critical,digitalSignature,keyEncipherment',
    () => extensions.keyUsage(['digitalSignature', 'keyEncipherment']),
  ],
  [
    'extendedKeyUsage=serverAuth,clientAuth',
    () => extensions.extendedKeyUsage(['server', 'client']),
  ],
  [
    'subjectAltName=DNS:a.test,IP:192.0.2.1',
    () =>
      extensions.subjectAltName(
        [
          { kind: 'dns', value: 'a.test' },
          { kind: 'ip', value: '192.0.2.1' },
        ],
        false,
      ),
  ],
  [
    'subjectAltName=critical,email:a@b.test',
    () => extensions.subjectAltName([{ kind: 'email', value: 'a@b.test' }], true),
  ],
  [
    'nameConstraints=critical,permitted;DNS:a.test,excluded;IP:0.0.0.0/0.0.0.0,excluded;IP:::/::',
    () => extensions.nameConstraints(parsePermit(['a.test'])!),
  ],
  [
    'crlDistributionPoints=URI:http://crl.test/a.crl',
    () => extensions.crlDistributionPoint('http://crl.test/a.crl'),
  ],
  [
    'authorityInfoAccess=caIssuers;URI:http://ca.test/a.crt',
    () => extensions.authorityInfoAccess('http://ca.test/a.crt'),
  ],
])('%s is what OpenSSL writes', (line, made) => {
  expect(opensslWith(line).includes(made())).toBe(true);
});

test('key identifiers, in the hex that OpenSSL tells', () => {
  const id = Buffer.from('00112233445566778899aabbccddeeff00112233', 'hex');
  const certificate = opensslWith(`subjectKeyIdentifier=${id.toString('hex')}`);
  expect(certificate.includes(extensions.subjectKeyIdentifier(id))).toBe(true);
  // RFC 5280 4.2.1.1: keyIdentifier [0] IMPLICIT OCTET STRING, never critical.
  expect(extensions.authorityKeyIdentifier(id).toString('hex')).toBe(
    `301f0603551d23041830168014${id.toString('hex')}`,
  );
});

/** RFC 5280 5.2.3 and 5.3.1, byte by byte. */
test('what a revocation list carries', () => {
  expect(extensions.crlNumber(5).toString('hex')).toBe('300a0603551d140403020105');
  const keyCompromise = Buffer.from('0a0101', 'hex');
  expect(extensions.reasonCode(keyCompromise).toString('hex')).toBe('300a0603551d1504030a0101');
});

/** RFC 7093, section 2, method 1: the leftmost 160 bits of SHA-256 over the value of the BIT STRING subjectPublicKey. */
test.each([
  ['EC', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 65],
  ['RSA', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'], 140],
] as const)('the identifier of a key of %s', (kind, argv, length) => {
  const pem = execFileSync('openssl', ['genpkey', ...argv], { stdio: 'pipe' });
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  const bits = spki.subarray(-length);
  expect(extensions.keyFacts(spki)).toEqual({
    id: createHash('sha256').update(bits).digest().subarray(0, 20),
    isRsa: kind === 'RSA',
  });
});
