import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import {
  isNull,
  readAlgorithm,
  signatureAlgorithm,
} from '../../../../../../src/core/pki/go/parse/algorithm.js';
import { cursor } from '../../../../../../src/core/pki/go/der/cursor.js';
import { rulesOf, type GoGeneration } from '../../../../../../src/core/pki/go/rules/generation.js';
import { int, NULL, oid, seq, tlv } from '../../../../../support/chains/der.js';
import { derOf } from '../../../../../support/openssl.js';

const known = (content: Buffer, generation: GoGeneration = '1.24') => {
  const rules = rulesOf(generation);
  const id = readAlgorithm(cursor(content), rules, ['signature-malformed', 'x']);
  return signatureAlgorithm(id, rules);
};

/** RFC 4055, 5758, 8410; crypto/x509/x509.go signatureAlgorithmDetails. */
test.each<[string, string, object | null]>([
  ['md5WithRSAEncryption', '1.2.840.113549.1.1.4', { key: 'RSA', hash: 'md5', pss: false }],
  ['sha1WithRSAEncryption', '1.2.840.113549.1.1.5', { key: 'RSA', hash: 'sha1', pss: false }],
  ['sha256WithRSAEncryption', '1.2.840.113549.1.1.11', { key: 'RSA', hash: 'sha256', pss: false }],
  ['sha224WithRSAEncryption', '1.2.840.113549.1.1.14', null],
  ['ecdsa-with-SHA384', '1.2.840.10045.4.3.3', { key: 'ECDSA', hash: 'sha384', pss: false }],
  ['ecdsa-with-SHA224', '1.2.840.10045.4.3.1', null],
  ['dsa-with-sha256', '2.16.840.1.101.3.4.3.2', null],
  ['Ed25519', '1.3.101.112', { key: 'Ed25519', hash: null, pss: false }],
  ['Ed448', '1.3.101.113', null],
])('%s', (_, id, expected) => {
  expect(known(oid(id))).toEqual(expected);
});

test('parameters: Ed25519 has none (RFC 8410 3)', () => {
  expect(known(Buffer.concat([oid('1.3.101.112'), NULL]))).toBeNull();
  expect([isNull(NULL), isNull(Buffer.of())]).toEqual([true, false]);
});

/** FIPS 204, which Go has had since 1.27. */
test('ML-DSA', () => {
  const id = oid('2.16.840.1.101.3.4.3.18');
  expect(known(id)).toBeNull();
  expect(known(id, '1.27')).toMatchObject({ key: 'ML-DSA' });
});

const PSS = oid('1.2.840.113549.1.1.10');
const SHA256 = '2.16.840.1.101.3.4.2.1';
/** RSASSA-PSS-params, RFC 4055 3.1. */
const pss = ({ hash = SHA256, maskHash = SHA256, salt = 32, mask = '1.2.840.113549.1.1.8' } = {}) =>
  Buffer.concat([
    PSS,
    seq(
      tlv(0xa0, seq(oid(hash))),
      tlv(0xa1, seq(oid(mask), seq(oid(maskHash), NULL))),
      tlv(0xa2, int(salt)),
    ),
  ]);

test.each<[string, Buffer, object | null]>([
  ['one hash for both, and a salt of its length', pss(), { key: 'RSA', hash: 'sha256', pss: true }],
  ['another hash for the mask', pss({ maskHash: '2.16.840.1.101.3.4.2.2' }), null],
  ['another salt', pss({ salt: 20 }), null],
  ['SHA-1', pss({ hash: '1.3.14.3.2.26', maskHash: '1.3.14.3.2.26', salt: 20 }), null],
  ['another mask', pss({ mask: '1.2.840.113549.1.1.9' }), null],
  ['no parameters', PSS, null],
])('RSASSA-PSS with %s', (_, content, expected) => {
  expect(known(content)).toEqual(expected);
});

test('RSASSA-PSS as OpenSSL writes it', () => {
  const pem = execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        '/dev/null',
        '-subj',
        '/CN=x',
      ],
      ...['-sha512', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:64'],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const der = derOf(pem);
  const at = der.indexOf(PSS);
  const length = der[at - 1] ?? 0;
  expect(known(der.subarray(at, at + length))).toEqual({ key: 'RSA', hash: 'sha512', pss: true });
});
