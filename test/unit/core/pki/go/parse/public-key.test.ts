import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { bits, int, NULL, oid, seq } from '../../../../../support/chains/der.js';
import { everyOne, judged, leaf, type Expected } from '../../../../../support/chains/judged.js';

const withKey = (spki: Buffer): Buffer => leaf({ key: { spki } });
/** With another last bit. */
const beside = (spki: Buffer): Buffer =>
  Buffer.concat([spki.subarray(0, -1), Buffer.of(spki.at(-1)! ^ 1)]);
const ecSpki = (curve: Buffer, point: Buffer): Buffer =>
  seq(seq(oid('1.2.840.10045.2.1'), curve), bits(point));

/** The certificate alone, trusted as it is: only whether it can be read counts. */
type Row = readonly [rule: string, certificate: () => Buffer, expected: Expected];

const KEYS: readonly Row[] = [
  [
    'RSA without parameters',
    () => withKey(seq(seq(oid('1.2.840.113549.1.1.1')), bits(seq(int(3n ** 700n), int(65537))))),
    'key-malformed',
  ],
  [
    'a negative RSA modulus',
    () => withKey(seq(seq(oid('1.2.840.113549.1.1.1'), NULL), bits(seq(int(-5), int(3))))),
    'key-malformed',
  ],
  ...['P-224', 'P-256', 'P-384', 'P-521'].flatMap((curve): Row[] => [
    [
      `a point of ${curve}`,
      () => withKey(make.ecKey(curve).spki),
      curve === 'P-224' ? 'curve-not-for-tls' : 'ok',
    ],
    [
      `a point beside ${curve}`,
      () => withKey(beside(make.ecKey(curve).spki)),
      'curve-point-invalid',
    ],
  ]),
  ['secp256k1', () => withKey(make.ecKey('secp256k1').spki), 'curve-unsupported'],
  ['brainpool', () => withKey(make.ecKey('brainpoolP256r1').spki), 'curve-unsupported'],
  [
    'a curve written out',
    () => withKey(ecSpki(seq(int(1)), Buffer.alloc(65, 4))),
    'curve-unsupported',
  ],
  [
    'a compressed point',
    () => withKey(ecSpki(oid('1.2.840.10045.3.1.7'), Buffer.alloc(33, 2))),
    'curve-point-invalid',
  ],
  [
    'a point beside the curve',
    () => withKey(ecSpki(oid('1.2.840.10045.3.1.7'), Buffer.alloc(65, 4))),
    'curve-point-invalid',
  ],
];

test.each(KEYS)('%s', (_, make, expected) => {
  const certificate = make();
  expect(judged({ chain: [certificate], trusted: [certificate] })).toEqual(everyOne(expected));
});
