import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { isPair, isSameKey } from '../../../../../src/core/pki/keys/private-key.js';

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
