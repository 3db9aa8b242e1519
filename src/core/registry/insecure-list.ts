import { BlockList, isIPv6 } from 'node:net';
import { entriesOf } from '../dockerd/options/entries.js';
import { INSECURE, insecureEntry } from '../dockerd/options/insecure.js';
import { stringsOf } from '../dockerd/options/meaning.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { Document } from '../formats/json/document.js';
import { atPointer } from '../plan/expectation.js';
import type { Json, JsonObject } from '../formats/json/json-object.js';

/** Always insecure to dockerd, whatever is configured (moby registry/config.go; ::1 since 28.0). */
const LOOPBACK = ['127.0.0.0/8'];

/**
 * Whether dockerd would look at the registry's certificate: not where the list names it letter for letter, nor where
 * one of its addresses lies in a network of the list (moby registry/config.go isSecureIndex).
 */
export function isInsecure(
  name: string,
  {
    entries,
    addresses,
  }: { readonly entries: readonly string[]; readonly addresses: readonly string[] },
): boolean {
  const networks = new BlockList();
  const read = [...entries, ...LOOPBACK].map(insecureEntry);
  for (const { kind, value } of read) {
    const [network = '', bits = ''] = value.split('/');
    if (kind === 'block') networks.addSubnet(network, Number(bits), familyOf(network));
  }
  return (
    read.some(({ kind, value }) => kind === 'host' && value === name) ||
    addresses.some((address) => networks.check(address, familyOf(address)))
  );
}

/** What the running daemon says; without one, what it would read. */
export function insecureEntries(document: Document, { info }: ObservedDaemon): string[] {
  return info === null ? [...entriesOf(document, INSECURE)] : insecureInInfo(info);
}

/** What /info calls insecure: hosts and address blocks stand in two places, blocks for loopback always (moby daemon/info.go). */
export function insecureInInfo(info: JsonObject): string[] {
  const hosts = Object.entries(atPointer(info, '/RegistryConfig/IndexConfigs') ?? {})
    .filter(([, index]) => atPointer(index as Json, '/Secure') === false)
    .map(([host]) => host);
  return [...hosts, ...stringsOf(atPointer(info, '/RegistryConfig/InsecureRegistryCIDRs'))];
}

/** In /info whatever is configured. */
export const isLoopbackBlock = (entry: string): boolean =>
  /^(?:127\.0\.0\.0\/8|::1\/128)$/.test(entry);

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
