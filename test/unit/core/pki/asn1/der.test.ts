import { describe, expect, test } from '@jest/globals';
import {
  bitsOf,
  contentOf,
  decode,
  encode,
  isBoolean,
  isTagged,
  itemsOf,
  numberOf,
  oidOf,
  tagOf,
  textOf,
  timeOf,
} from '../../../../../src/core/pki/asn1/der.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const read = (text: string) => decode(hex(text));
const string = (tag: string, text: Buffer) =>
  decode(Buffer.concat([hex(tag), Buffer.of(text.length), text]));

describe('one whole value', () => {
  test.each(['30 03 020101', '30 00', '0500', '0c 02 c3a9', '30 05 a0 03 020102'])(
    '%s is read and written again',
    (text) => {
      expect(encode(read(text))).toEqual(hex(text));
    },
  );

  test.each([
    ['nothing', ''],
    ['one that is cut off', '30 05 0201'],
    ['what follows it', '0500 00'],
    ['a length that is too long', '04 84 ffffffff'],
  ])('not %s', (_, text) => {
    expect(() => read(text)).toThrow();
  });

  test('a thousand levels are refused', () => {
    let der = hex('0500');
    for (let level = 0; level < 1000; level += 1)
      der = Buffer.concat([Buffer.of(0x30, 0x82, der.length >> 8, der.length & 255), der]);
    expect(() => decode(der)).toThrow();
  });
});

test('the items of a constructed value, and the content of a primitive one', () => {
  const [number, text] = itemsOf(read('30 06 020105 0c0161'));
  expect([numberOf(number), textOf(text)]).toEqual([5, 'a']);
  expect(itemsOf(number)).toEqual([]);
  expect(contentOf(read('30 00'))).toHaveLength(0);
  expect(itemsOf(undefined)).toEqual([]);
  expect(bitsOf(read('03 03 04 a0b0')).toString('hex')).toBe('a0b0');
});

test.each([
  ['020100', 0],
  ['0202 0100', 256],
  ['0206 010000000000', 2 ** 40],
  ['0207 01000000000000', NaN],
  ['0500', NaN],
])('the number %s is %s', (text, number) => {
  expect(numberOf(read(text))).toBe(number);
});

test.each([
  ['UTF8String', string('0c', Buffer.from('é中')), 'é中'],
  ['PrintableString', string('13', Buffer.from('abc')), 'abc'],
  ['T61String, as Latin-1', string('14', Buffer.from('é', 'latin1')), 'é'],
  ['IA5String', string('16', Buffer.from('a.test')), 'a.test'],
  ['BMPString', string('1e', Buffer.from('é中', 'utf16le').swap16()), 'é中'],
  ['nothing', undefined, ''],
])('the text of a %s', (_, item, text) => {
  expect(textOf(item)).toBe(text);
});

/** RFC 5280 4.1.2.5: two digits of a year are 1950 to 2049. */
test.each([
  ['17', '491231235959Z', '2049-12-31T23:59:59.000Z'],
  ['17', '500101000000Z', '1950-01-01T00:00:00.000Z'],
  ['17', '000101000000Z', '2000-01-01T00:00:00.000Z'],
  ['18', '20500101000000Z', '2050-01-01T00:00:00.000Z'],
  ['18', '99991231235959Z', '9999-12-31T23:59:59.000Z'],
])('the time %s %s', (tag, digits, time) => {
  expect(new Date(timeOf(string(tag, Buffer.from(digits)))).toISOString()).toBe(time);
});

test.each([
  '4912312359Z',
  '491231235959+0100',
  '491231235959',
  '20500101000000.5Z',
  'x',
  '491331000000Z',
])('%s is no time of DER', (digits) => {
  expect(timeOf(string('18', Buffer.from(digits)))).toBeNaN();
});

test('tags and identifiers', () => {
  expect(oidOf(read('0603 550403'))).toBe('2.5.4.3');
  expect(oidOf(read('0500'))).toBe('');
  expect(oidOf(undefined)).toBe('');
  expect([
    isTagged(read('a0 00'), 0),
    isTagged(read('a0 00'), 1),
    isTagged(read('30 00'), 16),
  ]).toEqual([true, false, false]);
  expect(tagOf(read('82 01 61'))).toBe(2);
  expect([isBoolean(read('0101ff')), isBoolean(read('020101')), isBoolean(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});
