import { describe, expect, test } from '@jest/globals';
import { parseCertificate } from '../../../../../../src/core/pki/go/parse/certificate.js';
import { rulesOf, type GoGeneration } from '../../../../../../src/core/pki/go/rules/generation.js';
import * as make from '../../../../../support/chains/certificate.js';
import {
  attribute,
  bits,
  cn,
  NULL,
  octets,
  oid,
  seq,
  text,
  tlv,
} from '../../../../../support/chains/der.js';
import {
  also,
  dns,
  everyOne,
  judged,
  leaf,
  names,
  type Expected,
} from '../../../../../support/chains/judged.js';

const UUID = '2.25.329800735698586629295641978511506172918';

/** The certificate alone, trusted as it is: only whether it can be read counts. */
type Row = readonly [rule: string, certificate: () => Buffer, expected: Expected];

const EXTENSIONS: readonly Row[] = [
  ['twice the same', () => also(names(dns)), 'extension-duplicate'],
  ['an identifier made of a UUID', () => also(make.extension(UUID, NULL)), 'identifier-too-large'],
  [
    'a BOOLEAN of 1',
    () => also(seq(oid('1.2.3'), tlv(1, Buffer.of(1)), octets(NULL))),
    'extension-malformed',
  ],
  ['an explicit FALSE', () => also(seq(oid('1.2.3'), tlv(1, Buffer.of(0)), octets(NULL))), 'ok'],
  [
    'a usage made of a UUID',
    () => also(make.extendedKeyUsage(make.SERVER_AUTH, UUID)),
    'identifier-too-large',
  ],
  [
    'padding that is not zero in keyUsage',
    () => also(make.extension('2.5.29.15', tlv(3, Buffer.of(5, 0xbf)))),
    'extension-malformed',
  ],
  [
    'a negative path length',
    () => also(make.basicConstraints(false, -1)),
    ['ok', 'ok', 'path-length-negative'],
  ],
  [
    'a critical authorityKeyIdentifier',
    () => also(make.authorityKeyId(Buffer.of(1), true)),
    ['ok', 'extension-wrongly-critical', 'extension-wrongly-critical'],
  ],
  [
    'a critical subjectKeyIdentifier',
    () => also(make.subjectKeyId(Buffer.of(1), true)),
    ['ok', 'extension-wrongly-critical', 'extension-wrongly-critical'],
  ],
  [
    'a critical authorityInfoAccess',
    () => also(make.extension('1.3.6.1.5.5.7.1.1', seq(), true)),
    ['ok', 'extension-wrongly-critical', 'extension-wrongly-critical'],
  ],
  [
    'a policy twice',
    () => also(make.policies(['1.2.3', '1.2.3'])),
    ['ok', 'policy-duplicate', 'policy-duplicate'],
  ],
  [
    'a policy made of a UUID',
    () => also(make.policies([UUID])),
    ['identifier-too-large', 'ok', 'ok'],
  ],
  [
    'a CRL point relative to its issuer',
    () =>
      also(
        make.extension(
          '2.5.29.31',
          seq(seq(tlv(0xa0, tlv(0xa1, attribute('2.5.4.3', text(12, 'x')))))),
        ),
      ),
    'crl-point-relative',
  ],
  [
    'a CRL point of an issuer alone',
    () => also(make.extension('2.5.29.31', seq(seq(tlv(0xa2, make.directoryName(cn('x'))))))),
    'ok',
  ],
];

test.each(EXTENSIONS)('%s', (_, make, expected) => {
  const certificate = make();
  expect(judged({ chain: [certificate], trusted: [certificate] })).toEqual(everyOne(expected));
});

describe('what is read', () => {
  const read = (extension: Buffer, generation: GoGeneration = '1.27') =>
    parseCertificate(leaf({ extensions: [names(dns), extension] }), rulesOf(generation));

  /** RFC 5280 4.2.1.3: digitalSignature is bit 0, decipherOnly bit 8. */
  test('of a key’s usage, each bit in its place', () => {
    const usage = make.extension('2.5.29.15', bits(Buffer.of(0x84, 0x80), 7));
    expect(read(usage).keyUsage).toBe(0b1_0010_0001);
  });

  test('of policies from Go 1.24 on, which earlier ones take for critical strangers', () => {
    const constraints = make.policyConstraints(2, null, true);
    expect(read(constraints)).toMatchObject({ requireExplicitPolicy: 2n, unhandled: [] });
    expect(read(constraints, '1.19')).toMatchObject({
      requireExplicitPolicy: null,
      unhandled: ['policyConstraints'],
    });
  });

  test('of where its issuer is: caIssuers alone', () => {
    const access = (method: string, url: string) => seq(oid(method), make.uri(url));
    const both = seq(
      access('1.3.6.1.5.5.7.48.1', 'http://ocsp.test'),
      access('1.3.6.1.5.5.7.48.2', 'http://ca.test/a.crt'),
    );
    const { issuerUrls } = read(make.extension('1.3.6.1.5.5.7.1.1', both));
    expect(issuerUrls).toEqual(['http://ca.test/a.crt']);
  });

  test('of a path length, and that a critical stranger is not handled', () => {
    expect(read(make.basicConstraints(true, 3)).basicConstraints).toEqual({
      isAuthority: true,
      pathLength: 3n,
    });
    expect(read(make.extension('1.2.3', NULL, true)).unhandled).toEqual(['1.2.3']);
    expect(read(make.extension('1.2.3', NULL)).unhandled).toEqual([]);
  });
});
