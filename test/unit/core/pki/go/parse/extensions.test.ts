import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  attribute,
  cn,
  NULL,
  octets,
  oid,
  seq,
  text,
  tlv,
} from '../../../../../support/chains/der.js';
import {
  everyOne,
  HOST,
  judged,
  leaf,
  names,
  type Expected,
} from '../../../../../support/chains/judged.js';

const dns = make.dns(HOST);
const also = (...extensions: readonly Buffer[]): Buffer =>
  leaf({ extensions: [names(dns), ...extensions] });
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
