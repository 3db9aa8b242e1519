import { expect, test } from '@jest/globals';
import {
  attribute,
  int,
  latin1,
  NULL,
  oid,
  seq,
  text,
  tlv,
} from '../../../../../support/chains/der.js';
import { everyOne, judged, leaf, type Expected } from '../../../../../support/chains/judged.js';

const subject = (value: Buffer): Buffer => leaf({ subject: seq(attribute('2.5.4.3', value)) });
const from = (written: Buffer): Buffer =>
  leaf({ validity: seq(written, text(24, '20991231000000Z')) });
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

const rows = (kind: string, list: readonly Row[]) =>
  list.map(([rule, ...rest]) => [`${kind}: ${rule}`, ...rest] as const);

test.each([...rows('encoding', DER), ...rows('subject', NAMES), ...rows('date', TIMES)])(
  '%s',
  (_, make, expected) => {
    const certificate = make();
    expect(judged({ chain: [certificate], trusted: [certificate] })).toEqual(everyOne(expected));
  },
);

test('a negative serial, where GODEBUG is that of a module of today', () => {
  const certificate = leaf({ serial: int(-5) });
  const server = { chain: [certificate], trusted: [certificate], godebug: 'strict' } as const;
  expect(judged(server)).toEqual(['ok', 'serial-negative', 'serial-negative']);
});

test('one that cannot be read ends it wherever it stands', () => {
  const broken = leaf({ version: 3 });
  expect(judged({ chain: [leaf(), broken] })).toEqual(everyOne('version-invalid'));
});
