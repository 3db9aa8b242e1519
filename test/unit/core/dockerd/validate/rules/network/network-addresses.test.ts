import { describe, expect, test } from '@jest/globals';
import { verdictOf, type Row } from '../../../../../../support/judge-config.js';

const refused = (key: string, fate: string, expects: string) => [
  fate,
  `error bad-address ${key} -> write ${expects}`,
];
const ADDRESS = 'an address such as "10.0.0.1"';
const BOTH = 'no start, no reload';

describe('a key that is an address', () => {
  test.each<Row>([
    [{ ip: '0.0.0.0' }, {}, ['works']],
    [{ ip: '' }, {}, ['works']],
    [{ ip: 'localhost' }, {}, refused('ip', BOTH, ADDRESS)],
    [{ 'default-gateway': '10.0.0' }, {}, refused('default-gateway', BOTH, ADDRESS)],
    [
      { 'default-gateway-v6': 'fd00' },
      {},
      refused('default-gateway-v6', BOTH, ADDRESS).concat(
        'warning no-effect default-gateway-v6 -> add "ipv6": true, or remove default-gateway-v6',
      ),
    ],
    [{ 'host-gateway-ip': 'gw' }, {}, refused('host-gateway-ip', BOTH, ADDRESS)],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

describe('a key that is a block', () => {
  const BIP = 'an address with its block, such as "10.10.0.1/24"';
  const FIXED = 'an IPv4 block, such as "10.10.0.0/24"';
  const BIP6 = 'an IPv6 address with its block, such as "fd00:1::1/64"';
  test.each<Row>([
    [{ bip: '10.10.0.1' }, {}, refused('bip', 'no start', BIP)],
    [{ 'fixed-cidr': '10.10.0.0/24' }, {}, ['works']],
    [{ 'fixed-cidr': '10.10.0.0' }, {}, refused('fixed-cidr', 'no start', FIXED)],
    [{ 'fixed-cidr': 'fd00::/64' }, {}, refused('fixed-cidr', 'no start', FIXED)],
    // Without the bridge nobody looks.
    [{ 'fixed-cidr': '10.10.0.0', bridge: 'none' }, {}, ['works']],
    [{ ipv6: true, bip6: '10.10.0.1/24' }, {}, refused('bip6', 'no start', BIP6)],
    [{ ipv6: true, bip6: '::ffff:10.0.0.1/120' }, {}, refused('bip6', 'no start', BIP6)],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

/** moby libnetwork/drivers/bridge, validateIPv6Subnet, v26.0.0 and v27.0.1. */
test.each([
  ['fd00:1::/64', { '24': 'works', '26.1': 'works', '28.5': 'works' }],
  ['fe80::/64', { '26.1': 'works', '28.5': 'works' }],
  ['fe80::/10', { '26.1': BOTH, '28.5': BOTH }],
  // What has fe80::/64 among others passed until 27.
  ['fe00::/8', { '26.1': 'works', '28.5': BOTH }],
  ['fe80::/80', { '26.1': BOTH, '28.5': BOTH }],
  ['ff00::/64', { '28.5': BOTH }],
  ['10.0.0.0/24', { '26.1': BOTH, '28.5': BOTH }],
  ['fd00:1::', { '24': 'no start', '26.1': BOTH, '28.5': BOTH }],
])('fixed-cidr-v6 %s: %j', (block, fates) => {
  for (const [engine, fate] of Object.entries(fates))
    expect([engine, verdictOf({ ipv6: true, 'fixed-cidr-v6': block }, { engine })[0]]).toEqual([
      engine,
      fate,
    ]);
});
