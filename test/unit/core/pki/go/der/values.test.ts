import { describe, expect, test } from '@jest/globals';
import {
  bigOf,
  bitsOf,
  booleanOf,
  isLongOid,
  isNegative,
  isShortest,
  oidOf,
  rightAligned,
  smallOf,
} from '../../../../../../src/core/pki/go/der/values.js';
import { rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';
import { int, oid } from '../../../../../support/chains/der.js';

const hex = (text: string) => Buffer.from(text, 'hex');
const contentOf = (value: Buffer) => value.subarray(2);

/** X.690, section 8.3: two's complement, the first nine bits not all alike. */
describe('an INTEGER', () => {
  test.each([0, 1, 127, 128, 255, 256, -1, -128, -129, 2 ** 40])('%d', (value) => {
    const content = contentOf(int(value));
    expect([isShortest(content), bigOf(content), isNegative(content)]).toEqual([
      true,
      BigInt(value),
      value < 0,
    ]);
    expect(smallOf(content)).toBe(BigInt(value));
  });

  test.each(['', '0001', '007f', 'ff80', 'ffff'])('%j is not in its shortest form', (content) => {
    expect([isShortest(hex(content)), smallOf(hex(content))]).toEqual([false, null]);
  });

  test.each([
    ['7fffffffffffffff', 2n ** 63n - 1n],
    ['8000000000000000', -(2n ** 63n)],
    ['008000000000000000', null],
  ])('%s in 64 bits', (content, value) => {
    expect(smallOf(hex(content))).toBe(value);
  });
});

/** X.690, section 11.1: TRUE is ff. */
test.each([
  ['00', false],
  ['ff', true],
  ['01', null],
  ['', null],
  ['0000', null],
])('a BOOLEAN of %j', (content, value) => {
  expect(tried(() => booleanOf(hex(content), ['extension-malformed', 'x'])).value).toBe(value);
});

describe('an OBJECT IDENTIFIER', () => {
  test.each(['0.39', '1.2.840.113549.1.1.11', '2.5.29.17', '2.999.3', '1.3.2147483647', '2.47'])(
    '%s',
    (dotted) => {
      expect(oidOf(contentOf(oid(dotted)), rulesOf('1.27'))).toBe(dotted);
    },
  );

  test.each([
    ['nothing', ''],
    ['a component of 32 bits', '2b8880808000'],
    ['a component of six octets', '2b818080808000'],
    ['a component of six octets that are mostly zero', '2b808080808001'],
    ['one that does not end', '2b81'],
  ])('%s is none', (_, content) => {
    expect(oidOf(hex(content), rulesOf('1.19'))).toBeNull();
  });

  /** cryptobyte readBase128Int: a leading 0x80, since Go 1.20. */
  test('a component that begins with zeros', () => {
    expect(oidOf(hex('2b8001'), rulesOf('1.19'))).toBe('1.3.1');
    expect(oidOf(hex('2b8001'), rulesOf('1.24'))).toBeNull();
  });

  test('of any size, as policies have it', () => {
    const uuid = contentOf(oid('2.25.329800735698586629295641978511506172918'));
    expect([oidOf(uuid, rulesOf('1.27')), isLongOid(uuid)]).toEqual([null, true]);
    expect(['', '2b81', '2b8001', '80'].map((content) => isLongOid(hex(content)))).toEqual(
      Array(4).fill(false),
    );
    // 0x80 within a component is a digit.
    expect(isLongOid(hex('2b818001'))).toBe(true);
  });
});

/** X.690, sections 8.6 and 11.2.1: the first octet counts the unused bits, which are zero. */
describe('a BIT STRING', () => {
  test.each([
    ['05a0', 'a0', '05'],
    ['00', '', ''],
    ['040ff0', '0ff0', '00ff'],
    ['00ff', 'ff', 'ff'],
  ])('%s', (content, bytes, aligned) => {
    const found = bitsOf(hex(content));
    expect(found?.bytes.toString('hex')).toBe(bytes);
    expect(rightAligned(found!).toString('hex')).toBe(aligned);
  });

  test.each(['', '05bf', '01', '08ff00'])('%j is none', (content) => {
    expect(bitsOf(hex(content))).toBeNull();
  });
});
