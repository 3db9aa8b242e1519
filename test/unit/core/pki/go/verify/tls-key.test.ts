import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  root,
  middle,
  leaf,
  judged,
  under,
  named,
  everyOne,
  rsaSpki,
  type Row,
} from '../../../../../support/chains/judged.js';

const rsa768 = make.rsaKey(768);

/** Keys that crypto/tls refuses. */
const ROWS: readonly Row[] = [
  ['an Ed448 key', () => ({ chain: [leaf({ key: make.otherKey('ed448') })] }), 'key-unsupported'],
  [
    'a key on P-224',
    () => ({ chain: [leaf({ key: make.ecKey('secp224r1') })] }),
    'curve-not-for-tls',
  ],
  [
    'an RSA key of 512 bits',
    () => ({ chain: [leaf({ key: { spki: rsaSpki(512) } })] }),
    'rsa-too-small-for-tls',
  ],
  [
    'an RSA key above 8192 bits that is sent',
    () => ({ chain: [leaf(), middle({ key: { spki: rsaSpki(8208) } })] }),
    ['ok', 'rsa-too-large', 'rsa-too-large'],
  ],
  [
    'an RSA key of 768 bits',
    () => ({
      ...under(root({ key: rsa768, signer: rsa768 }), leaf({ signer: rsa768 })),
      godebug: 'strict',
    }),
    ['ok', 'rsa-too-small', 'rsa-too-small'],
  ],
];

test.each(named('key', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
