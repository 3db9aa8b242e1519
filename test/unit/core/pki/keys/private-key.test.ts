import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { isKeyOf, isPair, isSameKey } from '../../../../../src/core/pki/keys/private-key.js';

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ed25519: generateKeyPairSync('ed25519'),
};
const names = Object.keys(pairs) as (keyof typeof pairs)[];

test.each(names.flatMap((one) => names.map((other) => [one, other] as const)))(
  '%s and %s are one key where they are the same, and no error where their types differ',
  (one, other) => {
    const { privateKey, publicKey } = pairs[one];
    expect(isPair(privateKey, pairs[other].publicKey)).toBe(one === other);
    const copy = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
    expect(isSameKey(copy, pairs[other].publicKey)).toBe(one === other);
  },
);

/** A key file as OpenSSL writes it: PKCS#8, the old formats of RSA and EC, and DER. */
const FORMS = [
  ['rsa', { type: 'pkcs8', format: 'pem' }],
  ['rsa', { type: 'pkcs1', format: 'pem' }],
  ['P-256', { type: 'pkcs8', format: 'pem' }],
  ['P-256', { type: 'sec1', format: 'pem' }],
  ['P-384', { type: 'pkcs8', format: 'pem' }],
  ['ed25519', { type: 'pkcs8', format: 'pem' }],
  ['P-256', { type: 'pkcs8', format: 'der' }],
] as const;

test.each(FORMS)('a key file of %s as %j fits its own certificate alone', (name, form) => {
  const bytes = Buffer.from(pairs[name].privateKey.export(form as never) as string | Buffer);
  const fitting = names.filter((other) => {
    const { publicKey } = pairs[other];
    const publicKeyDer = publicKey.export({ type: 'spki', format: 'der' });
    return isKeyOf({ path: '/k', bytes }, { publicKey, publicKeyDer });
  });
  expect(fitting).toEqual([name]);
});

test('what is no key is an error', () => {
  const { publicKey } = pairs['P-256'];
  const certificate = {
    publicKey,
    publicKeyDer: publicKey.export({ type: 'spki', format: 'der' }),
  };
  const bytes = Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
  expect(() => isKeyOf({ path: '/k', bytes }, certificate)).toThrow('/k is not a private key');
});
