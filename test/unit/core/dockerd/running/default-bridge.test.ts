import { expect, test } from '@jest/globals';
import {
  isOfDefaultBridge,
  onDefaultBridge,
} from '../../../../../src/core/dockerd/running/default-bridge.js';
import { DEFAULT_BRIDGE_KEYS } from '../../../../../src/core/dockerd/options/keys/effects.js';
import type { JsonObject } from '../../../../../src/core/formats/json/json-object.js';

/** `docker network inspect bridge` of 28.5 with bip 10.9.0.1/24, ipv6 and an address to bind to. */
const BRIDGE: JsonObject = {
  EnableIPv6: true,
  IPAM: {
    Config: [
      { Subnet: 'fd00:9::/64', AuxiliaryAddresses: { DefaultGatewayIPv6: 'fd00:9::fe' } },
      {
        ...{ Subnet: '10.9.0.0/24', Gateway: '10.9.0.1', IPRange: '10.9.0.128/25' },
        AuxiliaryAddresses: { DefaultGatewayIPv4: '10.9.0.254' },
      },
    ],
  },
  Options: {
    'com.docker.network.bridge.enable_icc': 'false',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1',
    'com.docker.network.bridge.name': 'br0',
    'com.docker.network.driver.mtu': '1400',
  },
};

test.each([
  ['icc', false],
  ['ip-masq', true],
  ['ip', '127.0.0.1'],
  ['mtu', 1400],
  ['bridge', 'br0'],
  ['ipv6', true],
  ['bip', '10.9.0.1/24'],
  ['fixed-cidr', '10.9.0.128/25'],
  ['fixed-cidr-v6', 'fd00:9::/64'],
  ['default-gateway', '10.9.0.254'],
  ['default-gateway-v6', 'fd00:9::fe'],
])('%s is %s', (key, value) => {
  expect(onDefaultBridge(key, BRIDGE)).toEqual({ value, where: 'docker network inspect bridge' });
});

test.each([
  ['mtu', 1500],
  ['ipv6', false],
  ['icc', undefined],
  ['bridge', undefined],
  ['fixed-cidr', undefined],
  ['default-gateway-v6', undefined],
])('of a network that says nothing, %s is %s', (key, value) => {
  expect(onDefaultBridge(key, { Options: null, IPAM: { Config: null } })?.value).toBe(value);
});

test('docker0 is nobody’s choice', () => {
  const Options = { 'com.docker.network.bridge.name': 'docker0' };
  expect(onDefaultBridge('bridge', { Options })).toMatchObject({ value: undefined });
});

test('nobody knows of what does not answer, and 20.10 names no address at first', () => {
  expect(onDefaultBridge('mtu', null)).toBeNull();
  expect(onDefaultBridge('bip', {})).toBeNull();
  expect(onDefaultBridge('debug', BRIDGE)).toBeNull();
});

test('a dockerd without the network has `bridge` none', () => {
  expect(onDefaultBridge('bridge', 'none')).toMatchObject({ value: 'none' });
  expect(onDefaultBridge('mtu', 'none')).toBeNull();
});

test('it is asked for keys of the default bridge alone', () => {
  for (const key of ['debug', 'dns', 'constructor', '']) expect(isOfDefaultBridge(key)).toBe(false);
  for (const key of DEFAULT_BRIDGE_KEYS.filter((one) => one !== 'bip6'))
    expect(isOfDefaultBridge(key)).toBe(true);
});
