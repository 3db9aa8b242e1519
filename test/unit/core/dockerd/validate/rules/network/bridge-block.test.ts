import { describe, expect, test } from '@jest/globals';
import { parseBlock } from '../../../../../../../src/core/dockerd/options/values/address.js';
import {
  checkRouter,
  firstOf,
} from '../../../../../../../src/core/dockerd/validate/rules/network/bridge-block.js';
import { judge } from '../../../../../../support/judge-config.js';

const block = (text: string) => parseBlock(text)!;

describe('the bridge', () => {
  const kept = { bridgeAddress: '172.17.0.1/16' };
  const gateway = (address: string) =>
    `{"fixed-cidr": "10.5.0.0/24", "default-gateway": "${address}"}`;

  test('is looked at as it is and as it will be after a boot', () => {
    const starts = (address: string, engine: string, host = {}) =>
      judge(gateway(address), { engine, host }).starts;
    expect(starts('10.5.0.254', '26.1')).toBe(true);
    expect(starts('10.5.0.254', '26.1', kept)).toBe(false);
    expect(starts('172.17.0.254', '26.1', kept)).toBe(false);
    expect(starts('172.17.0.254', '20.10', kept)).toBe(true);
    expect(starts('10.5.0.254', '28.5', kept)).toBe(true);
  });
});

test.each([
  ['10.5.0.0/24', '10.5.0.1'],
  ['10.5.0.0/31', '10.5.0.0'],
  ['10.5.0.7/32', '10.5.0.7'],
  ['fd00:5::/64', 'fd00:5::1'],
  ['fd00:5::7/128', 'fd00:5::7'],
])('libnetwork hands out the first address first: of %s it is %s', (text, address) => {
  expect(firstOf(block(text)).address).toBe(address);
});

describe('the address of another router', () => {
  const bridge = { block: block('10.5.0.0/24'), address: '10.5.0.1' };
  const asked = (router: string) => checkRouter(bridge, { key: 'default-gateway', router });

  test.each(['10.5.0.254', 'x', ''])('%j is none that is wrong', (router) => {
    expect(asked(router)).toEqual([]);
  });

  test.each(['10.5.0.1', '10.5.0.0', '10.5.0.255'])(
    '%s is that of the bridge or of all of its block',
    (router) => {
      expect(asked(router)).toMatchObject([
        {
          ...{ code: 'bad-network', path: ['default-gateway'] },
          hint: 'write the address of another router, or remove default-gateway: the bridge is the gateway then',
        },
      ]);
    },
  );

  test('outside of the block there is none', () => {
    expect(asked('10.6.0.1')).toMatchObject([
      { code: 'bad-network', hint: 'write one inside 10.5.0.0/24, or set bip' },
    ]);
  });

  test('two addresses have none of their own (RFC 3021)', () => {
    const pair = { block: block('10.5.0.0/31'), address: '10.5.0.0' };
    expect(checkRouter(pair, { key: 'default-gateway', router: '10.5.0.1' })).toEqual([]);
  });
});
