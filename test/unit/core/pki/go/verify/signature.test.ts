import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { day, oid, seq, tlv, NULL } from '../../../../../support/chains/der.js';
import {
  ROOT,
  root,
  middle,
  leaf,
  deepLeaf,
  judged,
  authority,
  under,
  named,
  everyOne,
  rsaSpki,
  type Row,
} from '../../../../../support/chains/judged.js';

const dsa = () => make.otherKey('dsa');
const rsa = make.rsaKey();
const rsaSigned = () => leaf({ signer: rsa });

/** `RSASSA-PSS` with these octets of salt, all parameters written out. */
function pss(salt: number, hash = '2.16.840.1.101.3.4.2.1'): Buffer {
  const digest = seq(oid(hash), NULL);
  return seq(
    oid('1.2.840.113549.1.1.10'),
    seq(
      tlv(0xa0, digest),
      tlv(0xa1, seq(oid('1.2.840.113549.1.1.8'), digest)),
      tlv(0xa2, tlv(2, Buffer.of(salt))),
    ),
  );
}

/** Who may sign, and with what. */
const ROWS: readonly Row[] = [
  [
    'SHA-1 with ECDSA',
    () => ({ chain: [leaf({ algorithm: make.ALGORITHM.ecdsaSha1 })] }),
    'weak-signature',
  ],
  [
    'SHA-1 with RSA',
    () => ({ chain: [leaf({ algorithm: make.ALGORITHM.rsaSha1 })] }),
    'weak-signature',
  ],
  ['MD5', () => ({ chain: [leaf({ algorithm: make.ALGORITHM.rsaMd5 })] }), 'weak-signature'],
  [
    'SHA-224',
    () => ({ chain: [leaf({ algorithm: make.ALGORITHM.rsaSha224 })] }),
    'signature-unsupported',
  ],
  [
    'PSS with another salt than its hash has octets',
    () => ({ chain: [leaf({ algorithm: pss(20) })] }),
    'signature-unsupported',
  ],
  [
    'PSS parameters as Go wants them, another key',
    () => ({ chain: [leaf({ algorithm: pss(32) })] }),
    'authority-changed',
  ],
  [
    'SHA-1 where the leaf itself is trusted',
    () => {
      const pinned = leaf({ algorithm: make.ALGORITHM.ecdsaSha1 });
      return { chain: [pinned], trusted: [pinned] };
    },
    'ok',
  ],
  [
    'MD5 where the leaf itself is trusted',
    () => {
      const pinned = leaf({ algorithm: make.ALGORITHM.rsaMd5 });
      return { chain: [pinned], trusted: [pinned] };
    },
    ['ok', 'ok', 'signature-not-offered'],
  ],
  ['a root signed with SHA-1', () => under(root({ algorithm: make.ALGORITHM.ecdsaSha1 })), 'ok'],
  [
    'no basicConstraints',
    () => under(root({ extensions: [make.keyUsage(make.KEY_CERT_SIGN)] })),
    'issuer-not-authority',
  ],
  ['a root of version 1', () => under(root({ version: 0, extensions: [] })), 'ok'],
  [
    'an intermediate of version 1',
    () => ({ chain: [deepLeaf(), middle({ version: 0, extensions: [] })] }),
    'issuer-not-authority',
  ],
  [
    'CA:FALSE',
    () => under(root({ extensions: [make.basicConstraints(false)] })),
    'issuer-not-authority',
  ],
  ['no keyCertSign', () => under(authority(make.keyUsage(0))), 'issuer-may-not-sign'],
  ['a key usage without a bit', () => under(authority(make.keyUsage())), 'ok'],
  [
    'an RSASSA-PSS key',
    () => under(root({ key: make.otherKey('rsa-pss') })),
    'issuer-key-unsupported',
  ],
  ['an Ed448 key', () => under(root({ key: make.otherKey('ed448') })), 'issuer-key-unsupported'],
  [
    'an RSA key above 8192 bits, trusted and not sent',
    () => under(root({ key: { spki: rsaSpki(8208) } })),
    'authority-changed',
  ],
  [
    'an even RSA exponent',
    () => under(root({ key: { spki: rsaSpki(2048, 4) } }), rsaSigned()),
    ['authority-changed', 'rsa-key-refused', 'rsa-key-refused'],
  ],
  [
    'a DSA key in the chain with the name of the leaf',
    () => ({ chain: [leaf({ subject: ROOT })], trusted: [root({ key: dsa() })] }),
    ['ends-dockerd', 'ends-dockerd', 'authority-changed'],
  ],
  [
    'a DSA key with the name of the leaf, sent',
    () => ({ chain: [leaf({ subject: ROOT }), root({ key: dsa() })], trusted: [] }),
    ['ends-dockerd', 'ends-dockerd', 'signature-invalid'],
  ],
  [
    'an RSASSA-PSS key with the name of the leaf',
    () => ({
      chain: [leaf({ subject: ROOT })],
      trusted: [root({ key: make.otherKey('rsa-pss') })],
    }),
    ['ends-dockerd', 'issuer-key-unsupported', 'issuer-key-unsupported'],
  ],
  [
    'the same, and an expired leaf: it is not come to',
    () => ({ chain: [leaf({ subject: ROOT, until: day(-1) })], trusted: [root({ key: dsa() })] }),
    'expired',
  ],
];

test.each(named('signature', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
