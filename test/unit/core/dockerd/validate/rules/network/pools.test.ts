import { expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import {
  judge,
  saidAt,
  saidOf,
  verdictOf,
  type Row,
} from '../../../../../../support/judge-config.js';

const pools = (...list: object[]) => ({ 'default-address-pools': list });

test.each<[string, HostFacts, string[]]>([
  [
    '{"default-address-pools": [{"base": "10.0.0.0/8", "size": 8}]}',
    { usedNetworks: ['10.1.2.3/32'] },
    ['error bad-network 1:2'],
  ],
  [
    '{"default-address-pools": [{"base": "10.0.0.0/8", "size": 16}]}',
    { usedNetworks: ['10.1.2.0/24'] },
    [],
  ],
  [
    '{"default-address-pools": [{"base": "172.17.0.0/16", "size": 16}]}',
    { usedNetworks: ['172.16.0.0/12'] },
    ['error bad-network 1:2'],
  ],
])('pools that meet what this machine uses: %s with %j', (text, host, expected) => {
  expect(saidAt(text, { host })).toEqual(expected);
});

test.each<Row>([
  [pools({ base: '10.10.0.0/16', size: 24 }), {}, ['works']],
  [
    pools({ base: '10.10.0.0/16', size: 8 }),
    {},
    ['no start', 'error bad-network default-address-pools.0 -> write a size from 16 to 32'],
  ],
  [
    pools({ base: '10.10.0.0', size: 24 }),
    { engine: '26.1' },
    [
      'no start',
      'error bad-address default-address-pools.0 -> write a base such as "10.10.0.0/16"',
    ],
  ],
  // The decoder looks at it since 27.
  [
    pools({ base: '10.10.0.0', size: 24 }),
    {},
    [
      'no start, no reload',
      'error bad-address default-address-pools.0 -> write a base such as "10.10.0.0/16"',
    ],
  ],
  [
    pools({ base: 'fd00:7::/48', size: 64 }),
    {},
    [
      'no start',
      'error bad-network default-address-pools -> add a pool such as {"base": "10.10.0.0/16", "size": 24}',
    ],
  ],
  [
    pools({ base: '10.10.0.0/16', size: 31 }),
    { engine: '20.10' },
    [
      'no start',
      'error bad-network default-address-pools -> write a size of 30 or less for the first pool',
    ],
  ],
])('%j with %j', (config, given, verdict) => {
  expect(verdictOf(config, given)).toEqual(verdict);
});

test('a bridge with an address of its own asks no pool for one', () => {
  const taken = pools({ base: '10.255.255.0/24', size: 24 });
  const host = { usedNetworks: ['10.255.255.53/32'] };
  expect(judge(taken, { host }).starts).toBe(false);
  expect(judge({ bip: '10.10.0.1/24', ...taken }, { host }).starts).toBe(true);
});

test('a size of a pool that is no number is one mistake', () => {
  expect(saidOf(pools({ base: '10.7.0.0/16', size: '24' }))).toHaveLength(1);
});

test('since 27 a base that another spelling replaces is decoded all the same', () => {
  const text =
    '{"default-address-pools": [{"base": "172.17.0.1", "Base": "10.5.0.0/16", "size": 24}]}';
  expect(judge(text)).toMatchObject({ starts: false, reloads: false });
  expect(judge(text, { engine: '26.1' })).toMatchObject({ starts: true, reloads: true });
});
