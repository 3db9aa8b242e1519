import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  isKeyType,
  KEY_TYPE_NAMES,
  KEY_TYPES,
  keyTypeOf,
} from '../../../../../src/core/pki/keys/key-type.js';

const openssl = (argv: string[], input: Uint8Array) =>
  execFileSync('openssl', argv, { input, stdio: ['pipe', 'pipe', 'pipe'] });

/** OpenSSL reads what we put together, finds it sound, and derives the same public key. */
test.each(KEY_TYPE_NAMES.filter((name) => name !== 'rsa-4096' && name !== 'rsa-3072'))(
  '%s is a key by its name',
  async (name) => {
    const { spki, pkcs8 } = await KEY_TYPES[name].generate();
    expect(openssl(['pkey', '-inform', 'DER', '-pubout', '-outform', 'DER'], pkcs8)).toEqual(
      Buffer.from(spki),
    );
    openssl(['pkey', '-inform', 'DER', '-check', '-noout'], pkcs8);
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    expect(keyTypeOf(key)).toBe(name);
    expect(
      keyTypeOf(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })),
    ).toBe(name);
  },
);

test('two keys are two, and of one length, a scalar with zeros in front too', async () => {
  const pairs = await Promise.all(Array.from({ length: 300 }, KEY_TYPES['ecdsa-p256'].generate));
  expect(new Set(pairs.map(({ pkcs8 }) => Buffer.from(pkcs8).toString('hex'))).size).toBe(300);
  expect(new Set(pairs.map(({ pkcs8 }) => pkcs8.length)).size).toBe(1);
});

test('a key that we would not make has the words of Node', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
  expect(keyTypeOf(publicKey)).toBe('ecdsa-secp521r1');
  expect(keyTypeOf(generateKeyPairSync('x25519').publicKey)).toBe('x25519');
});

test.each(['ecdsa-p256', 'rsa-4096', 'ed25519'])('%s is a type', (text) => {
  expect(isKeyType(text)).toBe(true);
});

test.each(['', 'rsa', 'rsa-1024', 'ECDSA-P256', 'constructor', 'dsa'])('%j is none', (text) => {
  expect(isKeyType(text)).toBe(false);
});
