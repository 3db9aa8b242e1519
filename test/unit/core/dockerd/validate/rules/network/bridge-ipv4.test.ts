import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { judge, saidAt, verdictOf, type Row } from '../../../../../../support/judge-config.js';

// As dockerd 20.10.24, 26.1.5 and 28.5.2 were seen to take them.
test.each([
  ['10.10.0.1/24', true, 0],
  ['169.254.7.1/24', true, 0],
  ['0.0.0.1/24', false, 1],
  ['127.0.1.1/24', false, 1],
  ['224.0.0.1/24', false, 1],
])('with bip %s containers start: %s', (bip, containers, findings) => {
  for (const engine of ['20.10.24', '26.1.5', '28.5.2']) {
    const verdict = judge({ bip }, { engine });
    expect(verdict).toMatchObject({ starts: true, reloads: true, containers });
    expect(verdict.findings).toHaveLength(findings);
  }
});

test.each<[string, HostFacts, string[]]>([
  ['{"default-gateway": "192.168.8.1"}', {}, ['error bad-network 1:2']],
  ['{"default-gateway": "192.168.8.1"}', { bridgeAddress: '192.168.8.2/24' }, []],
])('%s with %j', (text, host, expected) => {
  expect(saidAt(text, { host })).toEqual(expected);
});

test('bip may be an IPv4 address in the spelling of IPv6', () => {
  for (const engine of ['20.10', '28.5']) {
    expect(saidAt('{"bip": "::ffff:10.5.0.1/120"}', { engine })).toEqual([]);
    expect(judge('{"bip": "::ffff:10.5.0.0/120"}', { engine }).starts).toBe(false);
    expect(judge('{"bip": "::ffff:10.5.0.1/64"}', { engine }).starts).toBe(false);
  }
});

test('an IPv6 address is no gateway of the default bridge, whichever block that has', () => {
  const pools = '"default-address-pools": [{"base": "10.7.0.0/16", "size": 24}]';
  for (const engine of ['20.10', '26.1', '28.5']) {
    expect(judge(`{"default-gateway": "fd00::1"}`, { engine }).starts).toBe(false);
    expect(judge(`{"default-gateway": "fd00::1", ${pools}}`, { engine }).starts).toBe(false);
  }
});

test('on 20.10 a tiny fixed-cidr leaves no address for a container, unless it lies inside the block of the bridge', () => {
  const fixed = (block: string) =>
    saidAt(`{"fixed-cidr": "${block}"}`, { engine: '20.10', host: {} });
  expect(fixed('172.17.0.4/31')).toEqual([]);
  expect(fixed('172.17.0.0/31')).toEqual(['error bad-network 1:2']);
  expect(fixed('172.17.5.0/32')).toEqual(['error bad-network 1:2']);
  expect(fixed('172.17.0.0/32')).toEqual(['error bad-address 1:2']);
  expect(fixed('10.5.0.0/31')).toEqual(['error bad-network 1:2']);
  expect(fixed('10.5.0.0/32')).toEqual(['error bad-address 1:2']);
});

test('on 20.10 fixed-cidr has room for the bridge, unless that has an address of its own', () => {
  const starts = (text: string, engine: string) => judge(text, { engine }).starts;
  expect(starts('{"fixed-cidr": "10.5.0.0/32"}', '20.10')).toBe(false);
  expect(starts('{"bip": "192.168.7.1/28", "fixed-cidr": "10.5.0.0/32"}', '20.10')).toBe(true);
  expect(starts('{"fixed-cidr": "10.5.0.0/32"}', '26.1')).toBe(true);
});

describe('an address that a host can have', () => {
  test.each<Row>([
    [{ bip: '10.5.0.1/31' }, {}, ['works']],
    [{ bip: '10.5.0.1/32' }, {}, ['no container', 'error bad-network bip -> write a larger block']],
    ...['10.5.0.0/16', '10.0.0.0/8'].map((range): Row => [
      { bip: '10.5.0.254/24', 'fixed-cidr': range },
      {},
      [
        'works',
        'warning no-effect fixed-cidr -> write one inside 10.5.0.0/24, or remove fixed-cidr',
      ],
    ]),
    [{ bip: '10.5.0.1/24', 'fixed-cidr': '10.5.0.128/25' }, {}, ['works']],
    [
      { bip: '172.17.0.9/28', 'fixed-cidr': '10.5.255.255/24' },
      {},
      ['works', 'warning bad-network fixed-cidr -> write one inside 172.17.0.0/28, or set bip'],
    ],
    [
      { bip: '10.5.0.1/24', 'fixed-cidr': '10.6.0.0/25' },
      {},
      ['no container', 'error bad-network fixed-cidr -> write one inside 10.5.0.0/24, or set bip'],
    ],
    [
      { bip: '10.5.0.1/24', 'default-gateway': '10.5.0.1' },
      {},
      [
        'no start',
        'error bad-network default-gateway -> write the address of another router, or remove default-gateway: the bridge is the gateway then',
      ],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
