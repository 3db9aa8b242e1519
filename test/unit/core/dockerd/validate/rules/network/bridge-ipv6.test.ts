import { describe, expect, test } from '@jest/globals';
import { saidAt, verdictOf, type Row } from '../../../../../../support/judge-config.js';

test('the bridge has its own IPv6 address, which is no other router’s', () => {
  const text = (address: string) =>
    `{"ipv6": true, "fixed-cidr-v6": "fd00:8::/64", "default-gateway-v6": "${address}"}`;
  expect(saidAt(text('fd00:8::1'))).toEqual(['error bad-network 1:48']);
  expect(saidAt(text('FD00:8:0::0:1'))).toEqual(['error bad-network 1:48']);
  expect(saidAt(text('fd00:8::2'))).toEqual([]);
});

const ipv6 = (block: string, more: object = {}) => ({
  ipv6: true,
  'fixed-cidr-v6': block,
  ...more,
});
const own = (key: string) =>
  `write a block of your own, such as "fd00:1::${key === 'bip6' ? '1' : ''}/64"`;

describe('a block that a bridge can have', () => {
  test.each<Row>([
    [ipv6('fd00:8::/64'), {}, ['works']],
    [
      ipv6('fd00:8::/127'),
      {},
      ['no container', 'error bad-network fixed-cidr-v6 -> write a block such as "fd00:1::/64"'],
    ],
    [
      ipv6('fd00:8::1/128'),
      {},
      ['no start', 'error bad-network fixed-cidr-v6 -> write a block such as "fd00:1::/64"'],
    ],
    // The loopback address; since 28 the bridge may have an address of its own.
    [ipv6('::/64'), {}, ['no start', `error bad-address fixed-cidr-v6 -> ${own('fixed-cidr-v6')}`]],
    [{ ipv6: true, bip6: 'fd00:8::7/64' }, {}, ['works']],
    [
      { ipv6: true, bip6: 'fd00:8::/64' },
      {},
      ['no start', `error bad-address bip6 -> ${own('bip6')}`],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('before 25 an IPv4 block passes, and gives no container an address', () => {
    const said = 'error bad-address fixed-cidr-v6 -> write an IPv6 block such as "fd00:1::/64"';
    expect(verdictOf(ipv6('10.8.0.0/24'), { engine: '24' })).toEqual([
      'works',
      said.replace('error', 'warning'),
    ]);
    // What the bridge has already is taken.
    expect(verdictOf(ipv6('172.17.0.0/24'), { engine: '24' })).toEqual(['no start', said]);
  });
});

test('a gateway needs a block that has it', () => {
  const config = { ipv6: true, 'default-gateway-v6': 'fd00:8::2' };
  expect(verdictOf(config)).toEqual([
    'no start',
    'error bad-network default-gateway-v6 -> name a block that has it: add fixed-cidr-v6',
  ]);
});

test('before 27 the last address of a block cannot be reserved (libnetwork/bitmap)', () => {
  const config = ipv6('fd00:8::/64', { 'default-gateway-v6': 'fd00:8::ffff:ffff:ffff:ffff' });
  expect(verdictOf(config, { engine: '26.1' })).toEqual([
    'no start',
    'error bad-network default-gateway-v6 -> give the router another address',
  ]);
  expect(verdictOf(config, { engine: '27' })).toEqual(['works']);
});

/** RFC 8200, section 5. */
test.each<Row>([
  [ipv6('fd00:8::/64', { mtu: 1280 }), {}, ['works']],
  [
    ipv6('fd00:8::/64', { mtu: 1279 }),
    {},
    ['no start', 'error bad-network mtu -> write 1280 or more, or remove ipv6'],
  ],
  [
    ipv6('fd00:8::/64', { mtu: 1279 }),
    { engine: '24' },
    ['no container', 'error bad-network mtu -> write 1280 or more, or remove ipv6'],
  ],
  [{ mtu: 1279 }, {}, ['works']],
])('IPv6 needs 1280 bytes: %j with %j', (config, given, verdict) => {
  expect(verdictOf(config, given)).toEqual(verdict);
});
