import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { octets, sequence } from '../../../../../src/core/pki/asn1/der-writer.js';
import { encryptPbes2 } from '../../../../../src/core/pki/keys/pbes2.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';

const { privateKey } = generateKeyPairSync('ed25519');
const plain = privateKey.export({ type: 'pkcs8', format: 'der' });
const salts = { salt: Buffer.alloc(16, 1), iv: Buffer.alloc(16, 2) };

const locked = (passphrase: string, iterations = 2048) => {
  const { algorithm, ciphertext } = encryptPbes2(plain, { ...salts, passphrase, iterations });
  return toPem('ENCRYPTED PRIVATE KEY', sequence(algorithm, octets(ciphertext)));
};

/** OpenSSL, by Node, opens it: EncryptedPrivateKeyInfo of RFC 5958. */
test.each(['secret', '', 'é中😀', ' a b ', 'x'.repeat(200)])('%j opens it', (passphrase) => {
  const key = createPrivateKey({ key: locked(passphrase), passphrase });
  expect(key.export({ type: 'pkcs8', format: 'der' })).toEqual(plain);
});

test('another passphrase does not', () => {
  expect(() => createPrivateKey({ key: locked('secret'), passphrase: 'Secret' })).toThrow();
});

test('the iterations are those that were asked for', () => {
  const { algorithm } = encryptPbes2(plain, { ...salts, passphrase: 'x', iterations: 600_000 });
  expect(algorithm.toString('hex')).toContain('0203' + (600_000).toString(16).padStart(6, '0'));
});

test('the key cannot be seen', () => {
  const { ciphertext } = encryptPbes2(plain, { ...salts, passphrase: 'x', iterations: 1 });
  expect(ciphertext.includes(plain.subarray(-32))).toBe(false);
});
