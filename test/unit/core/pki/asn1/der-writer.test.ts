import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  contentOf,
  decode,
  encode,
  itemsOf,
  numberOf,
  oidOf,
  textOf,
  timeOf,
} from '../../../../../src/core/pki/asn1/der.js';
import {
  bits,
  bmp,
  boolean,
  enumerated,
  integer,
  namedBits,
  nothing,
  octets,
  oid,
  printable,
  sequence,
  setOf,
  tagged,
  taggedBytes,
  time,
  utf8,
} from '../../../../../src/core/pki/asn1/der-writer.js';
import { OID } from '../../../../../src/core/pki/asn1/oid.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The examples of X.690 and of the RFCs. */
test.each([
  ['NULL', nothing(), '0500'],
  ['true', boolean(true), '0101ff'],
  ['false', boolean(false), '010100'],
  ['an empty sequence', sequence(), '3000'],
  ['zero', integer(0), '020100'],
  ['127', integer(127), '02017f'],
  ['128, which must not look negative', integer(128), '02020080'],
  ['256', integer(256), '02020100'],
  ['bytes with leading zeros', integer(Uint8Array.of(0, 0, 0xff)), '020200ff'],
  ['bytes of zeros alone', integer(Uint8Array.of(0, 0)), '020100'],
  ['keyCertSign and cRLSign', namedBits([5, 6]), '03020106'],
  ['digitalSignature', namedBits([0]), '03020780'],
  ['decipherOnly, the ninth bit', namedBits([8]), '0303070080'],
  ['CRLReason', enumerated(1), '0a0101'],
  ['2.5.29.17', oid('2.5.29.17'), '0603551d11'],
  ['2.999.3 (X.690 8.19.5)', oid('2.999.3'), '0603883703'],
  ['1.2.840.113549', oid('1.2.840.113549'), '06062a864886f70d'],
  ['UTCTime', time(Date.UTC(2049, 11, 31, 23, 59, 59, 999)), '170d3439313233313233353935395a'],
  ['GeneralizedTime', time(Date.UTC(2050, 0, 1)), '180f32303530303130313030303030305a'],
  ['an IMPLICIT value', taggedBytes(2, Buffer.from('a')), '820161'],
  ['an EXPLICIT value', tagged(0, integer(2)), 'a003020102'],
  ['BMPString', bmp('注'), '1e026ce8'],
  ['BIT STRING', bits(Uint8Array.of(0xf0), 4), '030204f0'],
])('%s', (_, bytes, expected) => {
  expect(hex(bytes)).toBe(expected);
});

describe('in the eyes of node-forge', () => {
  const read = (bytes: Uint8Array) => decode(bytes);

  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000])(
    'a content of %d bytes comes back, and encodes to the same bytes',
    (size) => {
      const bytes = sequence(octets(Buffer.alloc(size, 7)));
      expect(contentOf(itemsOf(read(bytes))[0])).toHaveLength(size);
      expect(encode(read(bytes)).equals(bytes)).toBe(true);
    },
  );

  test('every identifier comes back', () => {
    for (const dotted of Object.values(OID)) expect(oidOf(read(oid(dotted)))).toBe(dotted);
  });

  test('numbers, texts and times come back', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 31 - 1),
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 0, max: 2_524_608_000 + 1_000_000_000 }),
        (number, text, seconds) => {
          expect(numberOf(read(integer(number)))).toBe(number);
          expect(textOf(read(utf8(text)))).toBe(Buffer.from(text).toString());
          expect(timeOf(read(time(seconds * 1000)))).toBe(seconds * 1000);
        },
      ),
    );
  });

  test('nested values come back', () => {
    const bytes = setOf(sequence(printable('DE'), utf8('示例')), tagged(3, boolean(true)));
    const [pair, third] = itemsOf(read(bytes));
    expect(itemsOf(pair).map(textOf)).toEqual(['DE', '示例']);
    expect(contentOf(itemsOf(third)[0])).toEqual(Buffer.of(0xff));
    expect(encode(read(bytes)).equals(bytes)).toBe(true);
  });
});
