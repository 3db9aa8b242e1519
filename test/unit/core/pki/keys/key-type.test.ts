import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  isKeyType,
  KEY_TYPE_NAMES,
  KEY_TYPES,
  keyTypeOf,
  spkiOfCurveKey,
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

test.each(['ecdsa-p256', 'ecdsa-p384'] as const)(
  'the public key of a %s is worked out as OpenSSL does',
  async (name) => {
    const { pkcs8 } = await KEY_TYPES[name].generate();
    const key = Buffer.from(pkcs8);
    const argv = ['pkey', '-inform', 'DER', '-pubout', '-outform', 'DER'];
    expect(Buffer.from(spkiOfCurveKey(key)!)).toEqual(openssl(argv, key));
    const bytes = Array.from(key.keys());
    // Whichever octet is damaged: in the secret, in the public point, or around them.
    const damaged = bytes.map((at) =>
      Buffer.from(key.map((byte, i) => (i === at ? byte ^ 1 : byte))),
    );
    expect(damaged.map(spkiOfCurveKey)).toEqual(damaged.map(() => null));
    expect(spkiOfCurveKey(Buffer.concat([key, Buffer.from([0])]))).toBeNull();
  },
);

test('of a key of another kind nothing is worked out', async () => {
  const { pkcs8 } = await KEY_TYPES.ed25519.generate();
  expect(spkiOfCurveKey(Buffer.from(pkcs8))).toBeNull();
  expect(spkiOfCurveKey(Buffer.alloc(0))).toBeNull();
});

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
