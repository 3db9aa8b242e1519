import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { atPointer } from '../../plan/expectation.js';
import type { Witnesses } from '../observed/witnesses.js';
import type { ShownValue } from './shown.js';

/**
 * Keys of the network `bridge`. A start with containers that run leaves it as it was (moby daemon_unix.go,
 * initNetworkController), so that only the network itself tells.
 */
const READ: Readonly<Record<string, (network: JsonObject) => Json | undefined>> = {
  icc: flag('enable_icc'),
  'ip-masq': flag('enable_ip_masquerade'),
  ip: (network) => option(network, 'com.docker.network.bridge.host_binding_ipv4'),
  mtu: (network) => Number(option(network, 'com.docker.network.driver.mtu') ?? 1500),
  bridge: (network) => named(option(network, 'com.docker.network.bridge.name')),
  ipv6: (network) => network.EnableIPv6 === true,
  bip: (network) => addressOf(blockOf(network, 4)),
  'fixed-cidr': (network) => text(blockOf(network, 4)?.IPRange),
  'fixed-cidr-v6': (network) => text(blockOf(network, 6)?.Subnet),
  'default-gateway': (network) => auxiliary(blockOf(network, 4), 'DefaultGatewayIPv4'),
  'default-gateway-v6': (network) => auxiliary(blockOf(network, 6), 'DefaultGatewayIPv6'),
};

export function isOfDefaultBridge(key: string): boolean {
  return Object.hasOwn(READ, key);
}

export function onDefaultBridge(
  key: string,
  network: Witnesses['defaultBridge'],
): ShownValue | null {
  const where = 'docker network inspect bridge';
  if (network === null) return null;
  if (network === 'none') return key === 'bridge' ? { value: 'none', where } : null;
  const value = READ[key]?.(network);
  // 20.10 names no address until it has read one back.
  return READ[key] === undefined || (key === 'bip' && value === undefined)
    ? null
    : { value, where };
}

function flag(name: string) {
  return (network: JsonObject): Json | undefined => {
    const value = option(network, `com.docker.network.bridge.${name}`);
    return value === undefined ? undefined : value === 'true';
  };
}

function option(network: JsonObject, name: string): string | undefined {
  return text(
    isObject(network.Options ?? null) ? (network.Options as JsonObject)[name] : undefined,
  );
}

/** docker0 is what dockerd makes where nobody names one. */
function named(bridge: string | undefined): string | undefined {
  return bridge === 'docker0' ? undefined : bridge;
}

function blockOf(network: JsonObject, family: 4 | 6): JsonObject | undefined {
  const blocks = atPointer(network, '/IPAM/Config');
  return (Array.isArray(blocks) ? blocks : []).filter(isObject).find((block) => {
    const subnet = text(block.Subnet);
    return subnet?.includes(':') === (family === 6);
  });
}

/** The address of the bridge itself. */
function addressOf(block: JsonObject | undefined): string | undefined {
  const [gateway, subnet] = [text(block?.Gateway), text(block?.Subnet)];
  return gateway === undefined ? undefined : `${gateway}/${subnet?.split('/')[1] ?? ''}`;
}

function auxiliary(block: JsonObject | undefined, name: string): string | undefined {
  return text(block === undefined ? undefined : atPointer(block, `/AuxiliaryAddresses/${name}`));
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
