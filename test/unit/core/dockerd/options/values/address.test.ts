import { describe, expect, test } from '@jest/globals';
import {
  addressPart,
  blockContains,
  blocksOverlap,
  canonicalAddress,
  firstHost,
  formatBlock,
  ipFamily,
  isLoopback6,
  isMulticast6,
  isUsableHost,
  parseBlock,
  parseCidr,
  splitHostPort,
  unmapped,
  unmappedAddress,
} from '../../../../../../src/core/dockerd/options/values/address.js';

const block = (text: string) => parseBlock(text)!;

/** Go's net/ip_test.go, parseIPTests. */
test.each([
  ['127.0.1.2', 4],
  ['255.255.255.255', 4],
  ['::ffff:127.1.2.3', 6],
  ['2001:4860:0:2001::68', 6],
  ['::ffff:7f01:0203', 6],
  ['0:0:0:0:0000:ffff:127.1.2.3', 6],
  ['::', 6],
  ['127.001.002.003', null],
  ['-0.0.0.0', null],
  ['0.0.0.-1', null],
  ['127.0.0.256', null],
  ['127.0.0', null],
  ['127.0.0.1 ', null],
  ['abc', null],
  ['123:', null],
  ['fe80::1%lo0', null],
  ['fe80::1%911', null],
  ['a1:a2:a3:a4::b1:b2:b3:b4', null],
  ['[::1]', null],
  ['0x7f.0.0.1', null],
  ['１.1.1.1', null],
  ['', null],
])('%j is of family %s', (text, family) => {
  expect(ipFamily(text)).toBe(family);
});

test.each([
  ['10.0.0.1/8', { family: 4, address: '10.0.0.1', prefix: 8 }],
  ['::/0', { family: 6, address: '::', prefix: 0 }],
  ['10.0.0.1/08', { prefix: 8 }],
  ['10.0.0.1/33', null],
  ['::/129', null],
  ['10.0.0.1', null],
  ['10.0.0.1/', null],
  ['10.0.0.1/-1', null],
  ['10.0.0.1/+8', null],
  ['10.0.0.1/255.0.0.0', null],
  ['10.0.0/8', null],
  ['/8', null],
  ['a/8', null],
])('%s as ParseCIDR reads it', (text, expected) => {
  if (expected === null) expect(parseCidr(text)).toBeNull();
  else expect(parseCidr(text)).toMatchObject(expected);
});

/** By Python's ipaddress. */
test.each([
  ['10.0.0.1/8', '10.0.0.0/8', false, '10.0.0.1'],
  ['10.0.0.0/8', '10.0.0.0/8', true, '10.0.0.1'],
  ['172.16.5.130/25', '172.16.5.128/25', false, '172.16.5.129'],
  ['255.255.255.255/1', '128.0.0.0/1', false, '128.0.0.1'],
  ['192.0.2.1/0', '0.0.0.0/0', false, '0.0.0.1'],
  ['203.0.113.7/32', '203.0.113.7/32', true, '203.0.113.8'],
  ['fd00::1/64', 'fd00::/64', false, 'fd00::1'],
  ['2001:db8:ffff::/33', '2001:db8:8000::/33', false, '2001:db8:8000::1'],
  ['2001:DB8:0:0::/32', '2001:db8::/32', true, '2001:db8::1'],
  ['::1/128', '::1/128', true, '::2'],
])('%s is the block %s', (text, network, canonical, first) => {
  const found = block(text);
  expect(formatBlock(found)).toBe(network);
  expect(found.canonical).toBe(canonical);
  expect(firstHost(found)).toBe(first);
});

describe('what a block holds', () => {
  test.each([
    ['10.0.0.0/8', '10.255.255.255', true, false],
    ['10.0.0.0/8', '10.0.0.0', true, false],
    ['10.0.0.0/8', '10.1.0.0', true, true],
    ['10.0.0.0/8', '11.0.0.0', false, false],
    ['192.0.2.8/29', '192.0.2.15', true, false],
    ['192.0.2.8/29', '192.0.2.14', true, true],
    ['192.0.2.8/31', '192.0.2.9', true, false],
    ['192.0.2.8/32', '192.0.2.8', true, false],
    ['fd00::/64', 'fd00::ffff', true, true],
    ['fd00::/64', 'fd00:0:0:1::', false, false],
    ['0.0.0.0/0', '::1', false, false],
    ['::/0', '10.0.0.1', false, false],
    ['10.0.0.0/8', 'a', false, false],
  ])('%s, %s: %s; for a machine: %s', (text, address, inside, usable) => {
    expect(blockContains(block(text), address)).toBe(inside);
    expect(isUsableHost(block(text), address)).toBe(usable);
  });

  test.each([
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['0.0.0.0/0', '203.0.113.0/24', true],
    ['fd00::/8', 'fd00:1::/32', true],
    ['::/0', '0.0.0.0/0', false],
  ])('%s and %s share an address: %s', (a, b, overlap) => {
    expect(blocksOverlap(block(a), block(b))).toBe(overlap);
    expect(blocksOverlap(block(b), block(a))).toBe(overlap);
  });
});

test.each([
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::ffff:a00:1', '10.0.0.1'],
  ['::10.0.0.1', '::10.0.0.1'],
  ['64:ff9b::10.0.0.1', '64:ff9b::10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['a', 'a'],
])('%s is %s (RFC 4291 2.5.5.2)', (text, plain) => {
  expect(unmappedAddress(text)).toBe(plain);
});

test.each([
  ['::ffff:10.0.0.1/120', '10.0.0.1/24'],
  ['::ffff:10.0.0.0/96', '10.0.0.0/0'],
  ['::ffff:10.0.0.0/95', '::ffff:10.0.0.0/95'],
  ['fd00::/120', 'fd00::/120'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['a/120', 'a/120'],
])('the block %s is %s', (text, plain) => {
  expect(unmapped(text)).toBe(plain);
});

/** RFC 5952 sections 1, 4.2 and 4.3. */
test.each([
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:0db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:DB8::AAAA', '2001:db8::aaaa'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['registry.test', 'registry.test'],
])('%s is compared as %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test.each([
  ['::1', true, false],
  ['0:0:0:0:0:0:0:1', true, false],
  ['::2', false, false],
  ['127.0.0.1', false, false],
  ['ff02::1', false, true],
  ['FF00::', false, true],
  ['fe80::1', false, false],
  ['224.0.0.1', false, false],
  ['ffff', false, false],
])('%s: loopback %s, multicast %s', (text, loopback, multicast) => {
  expect([isLoopback6(text), isMulticast6(text)]).toEqual([loopback, multicast]);
});

test.each([
  ['a:5000', 'a', '5000'],
  ['a', 'a', ''],
  ['a:', 'a', ''],
  [':5000', '', '5000'],
  ['[::1]:5000', '::1', '5000'],
  ['[::1]', '[::1]', ''],
  ['::1', '::1', ''],
  ['a:b:c', 'a:b:c', ''],
  ['[a]b:1', '[a]b:1', ''],
  ['', '', ''],
])('%j is the host %j and the port %j', (text, host, port) => {
  expect(splitHostPort(text)).toEqual({ host, port });
});

test('the address of a block', () => {
  expect([
    addressPart('10.0.0.1/8'),
    addressPart('::/0'),
    addressPart('a'),
    addressPart('/'),
  ]).toEqual(['10.0.0.1', '::', 'a', '']);
});
