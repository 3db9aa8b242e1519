import { expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { judge } from '../../../../../../support/judge-config.js';

const pool = (base: string, size = 24) => ({ base, size });

/** Each as 20.10.24, 26.1.5 and 28.5.2 did it, with a container. */
test.each<[string, object, readonly [old: boolean, middle: boolean, modern: boolean]]>([
  ['multicast', { 'default-address-pools': [pool('224.0.0.0/8')] }, [false, false, false]],
  ['loopback', { 'default-address-pools': [pool('127.5.0.0/16')] }, [false, false, false]],
  [
    'that of the container itself',
    { 'default-address-pools': [pool('127.0.0.0/8')] },
    [true, true, true],
  ],
  ['this network', { 'default-address-pools': [pool('0.0.0.0/16')] }, [false, false, false]],
  ['further up in it', { 'default-address-pools': [pool('0.1.0.0/16')] }, [true, true, true]],
  ['reserved', { 'default-address-pools': [pool('240.0.0.0/8')] }, [true, true, true]],
  [
    'the first of two',
    { 'default-address-pools': [pool('224.0.0.0/8'), pool('10.70.0.0/16')] },
    [false, false, true],
  ],
  [
    'the second of two',
    { 'default-address-pools': [pool('10.70.0.0/16'), pool('224.0.0.0/8')] },
    [true, true, true],
  ],
  [
    'beside a range',
    { 'default-address-pools': [pool('224.0.0.0/8')], 'fixed-cidr': '10.70.0.0/24' },
    [false, true, true],
  ],
  [
    'beside bip',
    { 'default-address-pools': [pool('224.0.0.0/8')], bip: '10.50.0.1/24' },
    [true, true, true],
  ],
  ['a range of multicast', { 'fixed-cidr': '224.0.0.0/25' }, [true, false, false]],
  ['a range of loopback', { 'fixed-cidr': '127.4.0.0/25' }, [true, false, false]],
  [
    'a range apart from bip',
    { bip: '10.50.0.1/24', 'fixed-cidr': '10.60.0.0/25' },
    [true, true, false],
  ],
  ['an address of this network', { bip: '0.0.1.1/24' }, [true, true, true]],
  ['one of its first block', { bip: '0.0.1.0/16' }, [false, false, false]],
  ['its very first', { bip: '0.0.0.1/24' }, [false, false, false]],
  ['127.0.0.1', { bip: '127.0.0.1/24' }, [true, true, true]],
  ['127.0.0.2', { bip: '127.0.0.2/24' }, [false, false, false]],
])('containers of the default bridge, %s: %j', (_, config, expected) => {
  const runs = (engine: string) => {
    const { starts, containers } = judge(config, { engine });
    expect(starts).toBe(true);
    return containers;
  };
  expect(['20.10.24', '26.1.5', '28.5.2'].map(runs)).toEqual(expected);
});

test('a bridge that is there keeps its address; what is said is of new networks', () => {
  const host: HostFacts = { bridgeAddress: '172.17.0.1/16' };
  const { containers, findings } = judge(
    { 'default-address-pools': [pool('224.0.0.0/8')] },
    { host },
  );
  expect(containers).toBe(true);
  expect(findings.map(({ message }) => message)).toEqual([
    'no route may lead by 224.0.0.0/8, the first of the pools: no container of a new network starts',
  ]);
});
