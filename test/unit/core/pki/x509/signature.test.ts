import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  encodeScheme,
  isSignedBy,
  isWeakKey,
  schemeByOid,
  schemeFor,
  signBytes,
} from '../../../../../src/core/pki/x509/signature.js';

const keyOf = (...argv: string[]) =>
  createPrivateKey(
    execFileSync('openssl', ['genpkey', '-algorithm', ...argv], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
const curve = (name: string) => keyOf('EC', '-pkeyopt', `ec_paramgen_curve:${name}`);
const rsa = (bits: number) => keyOf('RSA', '-pkeyopt', `rsa_keygen_bits:${bits}`);
const BYTES = Buffer.from('what is signed');

/** RFC 5758 3.2, RFC 8410 3, RFC 4055 5: AlgorithmIdentifiers, with NULL for RSA and nothing for the others. */
test.each([
  ['P-256', () => curve('P-256'), '300a06082a8648ce3d040302', 'sha256'],
  ['P-384', () => curve('P-384'), '300a06082a8648ce3d040303', 'sha384'],
  ['P-521', () => curve('P-521'), '300a06082a8648ce3d040304', 'sha512'],
  ['Ed25519', () => keyOf('ED25519'), '300506032b6570', null],
  ['RSA', () => rsa(2048), '300d06092a864886f70d01010b0500', 'sha256'],
])('a key of %s signs by the scheme of its size', (_, make, algorithm, digest) => {
  const key = make();
  const scheme = schemeFor(key);
  expect([encodeScheme(scheme).toString('hex'), scheme.digest]).toEqual([algorithm, digest]);
  const signed = { bytes: BYTES, signature: signBytes(BYTES, key, scheme), scheme };
  const open = createPublicKey(key);
  expect(isSignedBy(signed, open)).toBe(true);
  expect(isSignedBy({ ...signed, bytes: Buffer.from('something else') }, open)).toBe(false);
  expect(isWeakKey(open)).toBe(false);
});

test('a key of another kind than the signature is no error, but no', () => {
  const key = keyOf('ED25519');
  const scheme = schemeFor(rsa(2048));
  expect(isSignedBy({ bytes: BYTES, signature: Buffer.alloc(64), scheme }, key)).toBe(false);
});

test.each([
  ['RSA below 2048 bits', () => rsa(1024)],
  ['a curve that Go and browsers do not know', () => curve('secp256k1')],
  ['Ed448', () => keyOf('ED448')],
])('%s is too weak, and never signs', (_, make) => {
  const key = make();
  expect(isWeakKey(key)).toBe(true);
  expect(() => schemeFor(key)).toThrow(expect.objectContaining({ code: 'invalid-certificate' }));
});

test('signatures that we never make are known by their OIDs', () => {
  expect(schemeByOid('1.2.840.113549.1.1.5')?.digest).toBe('sha1');
  expect(schemeByOid('1.2.840.10045.4.1')?.digest).toBe('sha1');
  expect(schemeByOid('1.2.840.113549.1.1.13')?.digest).toBe('sha512');
  expect(schemeByOid('1.2.840.113549.1.1.4')).toBeUndefined();
});
