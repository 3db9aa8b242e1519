import { expect, test } from '@jest/globals';
import * as make from '../../../../support/chains/certificate.js';
import { cn, day, oid, seq, text, tlv, NULL } from '../../../../support/chains/der.js';
import {
  MIDDLE,
  ROOT,
  also,
  authority,
  deepLeaf,
  everyOne,
  judged,
  keys,
  leaf,
  middle,
  root,
  type Row,
  under,
  named,
} from './judged.js';

const others = (count: number, id?: Buffer): Buffer[] =>
  Array.from({ length: count }, () => {
    const key = make.ecKey();
    const extensions = [
      make.basicConstraints(true),
      ...(id === undefined ? [] : [make.subjectKeyId(key.id)]),
    ];
    return root({ key, signer: key, extensions });
  });
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
const dsa = () => make.otherKey('dsa');

const PATHS: readonly Row[] = [
  ['a root and a leaf', () => ({ chain: [leaf()] }), 'ok'],
  ['an intermediate that is sent', () => ({ chain: [deepLeaf(), middle()] }), 'ok'],
  ['an intermediate that is missing', () => ({ chain: [deepLeaf()] }), 'unknown-authority'],
  ['an intermediate as the anchor', () => ({ chain: [deepLeaf()], trusted: [middle()] }), 'ok'],
  ['nothing trusted', () => ({ chain: [leaf()], trusted: [] }), 'unknown-authority'],
  ['no certificate', () => ({ chain: [] }), 'no-certificate'],
  [
    'strangers and repeats in between',
    () => ({ chain: [deepLeaf(), root(), middle(), middle(), leaf()] }),
    'ok',
  ],
  [
    'self-signed',
    () => ({ chain: [leaf({ issuer: cn('leaf'), signer: keys.leaf })] }),
    'self-signed',
  ],
  [
    'pinned itself, whatever it is',
    () => {
      const self = leaf({ issuer: cn('leaf'), signer: keys.leaf });
      return { chain: [self], trusted: [self] };
    },
    'ok',
  ],
  [
    'an authority of the same name and another key',
    () => ({ chain: [leaf()], trusted: others(1) }),
    'authority-changed',
  ],
  [
    'a wrong signature of what was sent',
    () => ({ chain: [deepLeaf({ signer: keys.leaf }), middle()] }),
    'signature-invalid',
  ],
  [
    'the name of the authority in another type of string',
    () => under(root({ subject: cn('Root', 19), issuer: cn('Root', 19) })),
    'issuer-name-differs',
  ],
  [
    'an expired namesake beside the right one',
    () => ({ chain: [deepLeaf(), middle({ until: day(-1) }), middle()] }),
    'ok',
  ],
  [
    'key identifiers that do not fit',
    () =>
      under(authority(make.subjectKeyId(Buffer.of(1))), also(make.authorityKeyId(Buffer.of(2)))),
    'ok',
  ],
  [
    '99 namesakes before the right one',
    () => ({ chain: [leaf()], trusted: [...others(99), root()] }),
    'ok',
  ],
  [
    '100 namesakes before the right one',
    () => ({ chain: [leaf()], trusted: [...others(100), root()] }),
    'too-many-candidates',
  ],
  [
    '120 namesakes, and the right one by its key identifier',
    () => ({
      chain: [also(make.authorityKeyId(keys.root.id))],
      trusted: [...others(120, keys.root.id), authority(make.subjectKeyId(keys.root.id))],
    }),
    'ok',
  ],
  [
    '40 authorities of one name and key',
    () => ({
      chain: [leaf({ signer: keys.leaf }), ...Array.from({ length: 40 }, () => root())],
      trusted: [],
    }),
    'signature-invalid',
  ],
  [
    '40 of one name and key, and nobody trusted',
    () => ({
      chain: [leaf(), ...Array.from({ length: 40 }, () => root())],
      trusted: [],
    }),
    ['unknown-authority', 'unknown-authority', 'too-many-candidates'],
  ],
];

const AUTHORITIES: readonly Row[] = [
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
    'path length 0 above an intermediate',
    () => ({
      chain: [deepLeaf(), middle()],
      trusted: [root({ extensions: [make.basicConstraints(true, 0)] })],
    }),
    'path-length',
  ],
  [
    'path length 0 above the leaf',
    () => under(root({ extensions: [make.basicConstraints(true, 0)] })),
    'ok',
  ],
  [
    'a negative path length',
    () => under(root({ extensions: [make.basicConstraints(true, -1)] })),
    ['ok', 'ok', 'unknown-authority'],
  ],
  ['expired', () => under(root({ until: day(-1) })), 'expired'],
  ['of the future', () => under(root({ from: day(1) })), 'not-yet-valid'],
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
    'an RSA key above 8192 bits that is sent',
    () => ({ chain: [leaf(), middle({ key: { spki: rsaSpki(8208) } })] }),
    ['ok', 'rsa-too-large', 'rsa-too-large'],
  ],
  [
    'an even RSA exponent',
    () => under(root({ key: { spki: rsaSpki(2048, 4) } }), rsaSigned()),
    ['authority-changed', 'rsa-key-refused', 'rsa-key-refused'],
  ],
  [
    'an RSA key of 768 bits',
    () => ({
      ...under(root({ key: rsa768, signer: rsa768 }), leaf({ signer: rsa768 })),
      godebug: 'strict',
    }),
    ['ok', 'rsa-too-small', 'rsa-too-small'],
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

const rsa = make.rsaKey();
const rsa768 = make.rsaKey(768);
const rsaSigned = () => leaf({ signer: rsa });
/** A key that nobody has: only its size counts. */
function rsaSpki(size: number, exponent = 65537): Buffer {
  const modulus = Buffer.alloc(size / 8, 0xff);
  const numbers = seq(
    tlv(2, Buffer.of(0), modulus),
    tlv(
      2,
      Buffer.from(exponent.toString(16).padStart(6, '0'), 'hex').subarray(exponent < 0x80 ? 2 : 0),
    ),
  );
  return seq(seq(oid('1.2.840.113549.1.1.1'), NULL), tlv(3, Buffer.of(0), numbers));
}

const SIGNATURES: readonly Row[] = [
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
];

const LEAVES: readonly Row[] = [
  ['expired', () => ({ chain: [leaf({ until: day(-1) })] }), 'expired'],
  ['of the future', () => ({ chain: [leaf({ from: day(1) })] }), 'not-yet-valid'],
  [
    'a critical extension that nobody knows',
    () => ({ chain: [also(make.extension('1.2.3.4', NULL, true))] }),
    'critical-extension',
  ],
  [
    'an extension that nobody knows',
    () => ({ chain: [also(make.extension('1.2.3.4', NULL))] }),
    'ok',
  ],
  [
    'critical names of no kind that is read',
    () => ({
      chain: [leaf({ extensions: [make.alternativeNames([make.directoryName(ROOT)], true)] })],
    }),
    'critical-extension',
  ],
  [
    'for clients',
    () => ({ chain: [also(make.extendedKeyUsage(make.CLIENT_AUTH))] }),
    'not-for-servers',
  ],
  ['for any use', () => ({ chain: [also(make.extendedKeyUsage(make.ANY_USAGE))] }), 'ok'],
  ['a list of uses without one', () => ({ chain: [also(make.extendedKeyUsage())] }), 'ok'],
  [
    'an authority for clients',
    () => under(authority(make.extendedKeyUsage(make.CLIENT_AUTH))),
    'authority-not-for-servers',
  ],
  [
    'the server gated uses of old',
    () => ({ chain: [also(make.extendedKeyUsage('1.3.6.1.4.1.311.10.3.3'))] }),
    'not-for-servers',
  ],
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
  ['a chain above 256 KiB', () => ({ chain: [leaf(), Buffer.alloc(270_000)] }), 'chain-too-large'],
  [
    'a chain above 64 KiB',
    () => ({ chain: [leaf(), Buffer.alloc(70_000)] }),
    ['chain-too-large', 'not-der', 'not-der'],
  ],
];

test.each([
  ...named('path', PATHS),
  ...named('authority', AUTHORITIES),
  ...named('signature', SIGNATURES),
  ...named('leaf', LEAVES),
])('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});

test('what cannot be read in the trusted file is passed over', () => {
  const broken = root({ extensions: [make.extension('2.5.29.19', text(12, 'x'))] });
  expect(judged({ chain: [leaf()], trusted: [broken, root()] })).toEqual(['ok', 'ok', 'ok']);
});

test('the name of a middle counts as its bytes', () => {
  const chain = [deepLeaf({ issuer: cn('Middle', 19) }), middle({ subject: MIDDLE })];
  expect(judged({ chain })).toEqual(Array(3).fill('issuer-name-differs'));
});
