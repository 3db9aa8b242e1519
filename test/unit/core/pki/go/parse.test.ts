import { expect, test } from '@jest/globals';
import * as make from '../../../../support/chains/certificate.js';
import {
  attribute,
  bits,
  cn,
  int,
  latin1,
  NULL,
  octets,
  oid,
  seq,
  text,
  tlv,
  TRUE,
} from '../../../../support/chains/der.js';
import {
  everyOne,
  HOST,
  judged,
  leaf,
  names,
  type Expected,
} from '../../../../support/chains/judged.js';

const dns = make.dns(HOST);
const also = (...extensions: readonly Buffer[]): Buffer =>
  leaf({ extensions: [names(dns), ...extensions] });
const withName = (name: Buffer): Buffer => leaf({ extensions: [names(dns, name)] });
const subject = (value: Buffer): Buffer => leaf({ subject: seq(attribute('2.5.4.3', value)) });
const from = (written: Buffer): Buffer =>
  leaf({ validity: seq(written, text(24, '20991231000000Z')) });
const constrained = (...bases: readonly Buffer[]): Buffer => also(make.nameConstraints(bases));
const withKey = (spki: Buffer): Buffer => leaf({ key: { spki } });
/** With another last bit. */
const beside = (spki: Buffer): Buffer =>
  Buffer.concat([spki.subarray(0, -1), Buffer.of(spki.at(-1)! ^ 1)]);
const ecSpki = (curve: Buffer, point: Buffer): Buffer =>
  seq(seq(oid('1.2.840.10045.2.1'), curve), bits(point));
const UUID = '2.25.329800735698586629295641978511506172918';

/** The certificate alone, trusted as it is: only whether it can be read counts. */
type Row = readonly [rule: string, certificate: () => Buffer, expected: Expected];

const DER: readonly Row[] = [
  ['something behind the certificate', () => Buffer.concat([leaf(), NULL]), 'not-der'],
  [
    'a length that is not the shortest',
    () => Buffer.concat([Buffer.of(0x30, 0x83, 0, 1), leaf().subarray(2)]),
    'not-der',
  ],
  ['cut off', () => leaf().subarray(0, -1), 'not-der'],
  ['version 4', () => leaf({ version: 3 }), 'version-invalid'],
  [
    'unique identifiers',
    () => leaf({ uniqueIds: [tlv(0x81, Buffer.of(0, 1)), tlv(0x82, Buffer.of(0, 1))] }),
    'ok',
  ],
  ['serial 0', () => leaf({ serial: int(0) }), 'ok'],
  ['a serial of 30 octets', () => leaf({ serial: tlv(2, Buffer.alloc(30, 7)) }), 'ok'],
  ['a negative serial', () => leaf({ serial: int(-5) }), 'ok'],
  [
    'a serial with a zero before',
    () => leaf({ serial: tlv(2, Buffer.of(0, 1)) }),
    'serial-malformed',
  ],
  [
    'two signature algorithms',
    () => leaf({ outerAlgorithm: seq(oid('1.2.840.10045.4.3.3')) }),
    'algorithms-differ',
  ],
];

const NAMES: readonly Row[] = [
  ['an empty subject', () => leaf({ subject: seq() }), 'ok'],
  ['* and & in a PrintableString', () => subject(text(19, 'a*&b')), 'ok'],
  ['an underscore in a PrintableString', () => subject(text(19, 'a_b')), 'name-string-invalid'],
  ['@ in a PrintableString', () => subject(text(19, 'a@b')), 'name-string-invalid'],
  ['Latin-1 in a UTF8String', () => subject(latin1(12, 'é')), 'name-string-invalid'],
  ['anything in a T61String', () => subject(latin1(20, 'é')), 'ok'],
  ['an odd BMPString', () => subject(latin1(30, 'abc')), 'name-string-invalid'],
  [
    'a surrogate in a BMPString',
    () => subject(tlv(30, Buffer.of(0xd8, 0))),
    ['ok', 'ok', 'name-string-invalid'],
  ],
  ['IA5String above ASCII', () => subject(latin1(22, 'é')), 'name-string-invalid'],
  ['letters in a NumericString', () => subject(text(18, '1a')), 'name-string-invalid'],
  [
    'a UniversalString',
    () => subject(tlv(28, Buffer.of(0, 0, 0, 65))),
    ['name-type-unsupported', 'name-type-unsupported', 'ok'],
  ],
  [
    'an INTEGER of 9 octets',
    () => subject(tlv(2, Buffer.alloc(9, 1))),
    ['name-type-unsupported', 'name-type-unsupported', 'name-malformed'],
  ],
  [
    'an attribute type made of a UUID',
    () => leaf({ subject: seq(attribute(UUID, text(12, 'x'))) }),
    'identifier-too-large',
  ],
];

const TIMES: readonly Row[] = [
  ['no seconds', () => from(text(23, '2601010000Z')), 'ok'],
  ['a zone', () => from(text(23, '260101000000+0100')), 'ok'],
  ['no zone', () => from(text(23, '260101000000')), 'time-malformed'],
  ['the zone +0000', () => from(text(23, '260101000000+0000')), 'time-malformed'],
  [
    'the zone +2500',
    () => from(text(23, '200101000000+2500')),
    ['ok', 'time-malformed', 'time-malformed'],
  ],
  ['a day that is none', () => from(text(23, '260229000000Z')), 'time-malformed'],
  ['fractions', () => from(text(24, '20260101000000.5Z')), 'time-malformed'],
  ['GeneralizedTime before 2050', () => from(text(24, '20250101000000Z')), 'ok'],
  ['another type', () => from(text(19, '260101000000Z')), 'time-malformed'],
];

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
  ['constraints of nothing', () => also(make.nameConstraints([])), 'constraints-empty'],
  [
    'a range without a mask',
    () => constrained(make.ip(10, 0, 0, 0)),
    'constraints-address-invalid',
  ],
  [
    'a mask with a gap',
    () => constrained(make.ip(10, 0, 0, 0, 255, 0, 255, 0)),
    'constraints-address-invalid',
  ],
  ['a domain base with a blank', () => constrained(make.dns('x y')), 'constraints-name-invalid'],
  [
    'a URI base that is an address',
    () => constrained(make.uri('10.0.0.1')),
    'constraints-name-invalid',
  ],
  [
    'a mail base that is no mailbox',
    () => constrained(make.email('a@@b')),
    ['ok', 'ok', 'constraints-name-invalid'],
  ],
];

const ALTERNATIVES: readonly Row[] = [
  ['a DNS name that is no domain', () => withName(make.dns('x y')), 'ok'],
  ['a DNS name above ASCII', () => withName(make.dns('é.test')), 'alternative-name-malformed'],
  [
    'a mail address above ASCII',
    () => withName(make.email('é@test')),
    'alternative-name-malformed',
  ],
  ['an address of 5 octets', () => withName(make.ip(1, 2, 3, 4, 5)), 'alternative-address-length'],
  [
    'an IPv4 address as IPv6',
    () => withName(make.ip(...Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1)),
    ['ok', 'ok', 'alternative-address-mapped'],
  ],
  [
    'a URI with a bad escape',
    () => withName(make.uri('http://a/%zz')),
    'alternative-url-malformed',
  ],
  [
    'a URI whose port is none',
    () => withName(make.uri('http://a:b/')),
    'alternative-url-malformed',
  ],
  [
    'a URI with brackets that hold no address',
    () => withName(make.uri('http://[1.2.3.4]/')),
    ['ok', 'ok', 'alternative-url-malformed'],
  ],
  ['a URI without a host', () => withName(make.uri('urn:uuid:1')), 'ok'],
  ['other kinds', () => withName(make.otherName('1.2.3', TRUE)), 'ok'],
];

const rows = (kind: string, list: readonly Row[]) =>
  list.map(([rule, ...rest]) => [`${kind}: ${rule}`, ...rest] as const);

test.each([
  ...rows('encoding', DER),
  ...rows('subject', NAMES),
  ...rows('date', TIMES),
  ...rows('key', KEYS),
  ...rows('extension', EXTENSIONS),
  ...rows('alternative name', ALTERNATIVES),
])('%s', (_, make, expected) => {
  const certificate = make();
  expect(judged({ chain: [certificate], trusted: [certificate] })).toEqual(everyOne(expected));
});

test('a negative serial, where GODEBUG is that of a module of today', () => {
  const certificate = leaf({ serial: int(-5) });
  const server = { chain: [certificate], trusted: [certificate], godebug: 'strict' } as const;
  expect(judged(server)).toEqual(['ok', 'serial-negative', 'serial-negative']);
});

test('one that cannot be read ends it wherever it stands', () => {
  const broken = leaf({ version: 3 });
  expect(judged({ chain: [leaf(), broken] })).toEqual(everyOne('version-invalid'));
});
