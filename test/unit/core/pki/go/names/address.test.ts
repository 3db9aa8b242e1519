import { describe, expect, test } from '@jest/globals';
import {
  addressOf,
  addressText,
  isMapped,
  isSameAddress,
} from '../../../../../../src/core/pki/go/names/address.js';

const hex = (text: string, zone: Parameters<typeof addressOf>[1] = 'no zone') =>
  addressOf(text, zone)?.toString('hex') ?? null;

/** net.ParseIP, netip.ParseAddr. */
describe('an address', () => {
  test.each([
    ['192.0.2.1', 'c0000201'],
    ['::', '0'.repeat(32)],
    ['::1', `${'0'.repeat(31)}1`],
    ['2001:db8::1:0', `20010db8${'0'.repeat(19)}10000`],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
  ])('%s is %s', (text, expected) => {
    expect(hex(text)).toBe(expected);
  });

  test.each([
    ...['', '192.0.2', '192.0.2.256', '192.0.02.1', '192.0.2.1:80', ' 192.0.2.1'],
    ...[':', ':::', '1::2::3', '12345::', '[::1]', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7'],
    ...['1:2:3:4:5:6:7:8::', '::1.2.3', '::1.2.3.04', 'fe80::1%eth0'],
  ])('%j is none', (text) => {
    expect(hex(text)).toBeNull();
  });

  test('of IPv6 may have a zone, where that is asked for', () => {
    expect(hex('fe80::1%eth0', 'may have a zone')).toBe(hex('fe80::1'));
    expect(hex('fe80::1%', 'may have a zone')).toBeNull();
    expect(hex('192.0.2.1%eth0', 'may have a zone')).toBeNull();
  });
});

test('an IPv4 address in the spelling of IPv6 is the same', () => {
  const [short, mapped] = [Buffer.from([192, 0, 2, 1]), addressOf('::ffff:192.0.2.1', 'no zone')!];
  expect([isMapped(short), isMapped(mapped)]).toEqual([false, true]);
  expect(isSameAddress(short, mapped)).toBe(true);
  expect(isSameAddress(short, Buffer.from([192, 0, 2, 2]))).toBe(false);
});

test('for people it is written out', () => {
  expect(addressText(Buffer.from([192, 0, 2, 1]))).toBe('192.0.2.1');
  expect(addressText(addressOf('2001:db8::1', 'no zone')!)).toBe('2001:db8:0:0:0:0:0:1');
  expect(addressText(Buffer.of(1, 2))).toBe('0102');
});
