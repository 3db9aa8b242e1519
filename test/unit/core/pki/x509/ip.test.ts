import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addressBytes,
  addressText,
  inRange,
  rangeBytes,
  rangeText,
} from '../../../../../src/core/pki/x509/ip.js';

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex');

describe('addresses as bytes', () => {
  test.each([
    ['192.0.2.1', 'c0000201'],
    ['::', '00'.repeat(16)],
    ['::1', `${'00'.repeat(15)}01`],
    ['2001:db8::', `20010db8${'00'.repeat(12)}`],
    ['::ffff:10.0.0.1', `${'00'.repeat(10)}ffff0a000001`],
  ])('%s', (text, expected) => {
    expect(hex(addressBytes(text))).toBe(expected);
  });

  test.each(['fe80::1%eth0', '12345::', '1::2::3', '1.2.3', '1.2.3.4/8', '', 'a'])(
    '%j is none (node-forge would write some of these with 17 bytes)',
    (text) => {
      expect(addressBytes(text)).toBeNull();
    },
  );

  test('every address survives text and bytes', () => {
    const size = fc.constantFrom(4, 16);
    const bytes = size.chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
    fc.assert(fc.property(bytes, (some) => hex(addressBytes(addressText(some))) === hex(some)));
  });
});

describe('ranges', () => {
  test.each([
    ['10.1.2.3/8', '10.0.0.0/8', '0a000000ff000000'],
    ['0.0.0.0/0', '0.0.0.0/0', '0000000000000000'],
    ['192.0.2.7', '192.0.2.7/32', 'c0000207ffffffff'],
    ['10.0.0.0/9', '10.0.0.0/9', '0a000000ff800000'],
    ['2001:db8::1/33', '2001:db8::/33', `20010db8${'00'.repeat(12)}ffffffff80${'00'.repeat(11)}`],
  ])('%s is %s', (typed, text, bytes) => {
    const range = rangeBytes(typed)!;
    expect(hex(range)).toBe(bytes);
    expect(rangeText(range)).toBe(text);
  });

  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0/8', '/8'])(
    '%j is none',
    (text) => {
      expect(rangeBytes(text)).toBeNull();
    },
  );

  test('an address is in its own family only', () => {
    const range = rangeBytes('10.0.0.0/8')!;
    expect(inRange(addressBytes('10.9.9.9')!, range)).toBe(true);
    expect(inRange(addressBytes('11.0.0.0')!, range)).toBe(false);
    expect(inRange(addressBytes('::')!, range)).toBe(false);
  });
});
