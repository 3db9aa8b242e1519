import { DOCKER_HUB, HUB_HOST } from '../../core/dockerd/options/docker-hub.js';
import {
  isRegistryName,
  parseRegistry,
  type RegistryAddress,
} from '../../core/registry/address.js';
import { entriesOf } from '../../core/dockerd/options/entries.js';
import { insecureEntry } from '../../core/dockerd/options/insecure.js';
import { MIRRORS, mirrorHosts } from '../../core/dockerd/options/mirrors.js';
import { insecureEntries, isLoopbackBlock } from '../../core/registry/insecure-list.js';
import type { ConsumerName } from '../../core/trust/contributions/consumer.js';
import type { ConsumerTrust } from '../../core/trust/contributions/consumer-trust.js';
import { listTrusted, type ListedTrust } from '../../core/trust/consumers/listing.js';
import { isDockerctlError } from '../../errors.js';
import { trustOnMachine } from './trust-on-machine.js';
import { listKeyStores } from '../../system/trust/key-stores/key-stores.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';

/** Everything that any consumer on this machine trusts in a way of its own. */
export async function readTrusted(context: Context): Promise<ListedTrust[]> {
  const daemon = await readDaemonJson(context);
  const { document, observed } = daemon;
  const { trust } = await trustOnMachine(context, daemon);
  const all = [...trust, ...(await listKeyStores(context.host))];
  const insecure = insecureEntries(document, observed).filter((entry) => !isLoopbackBlock(entry));
  return listTrusted(all.map(named).filter(isReadable), insecure);
}

/** A store's own name for a CA of ours has no colon. */
function named(trust: ConsumerTrust): ConsumerTrust {
  return NAMED_BY_US.includes(trust.consumer)
    ? { ...trust, registry: trust.registry.replace(/_(\d+)$/, ':$1') }
    : trust;
}

/** Of a folder that is called as no registry can be, nobody trusts anything: doctor tells of it. */
function isReadable({ consumer, registry }: ConsumerTrust): boolean {
  if (consumer !== 'docker' && consumer !== 'containerd') return true;
  return /^(?:docker\.io|_default|\*|.+_\d+_)$/.test(registry) || isRegistryName(registry);
}

/** A registry, and the consumers that trust it in a way of their own. */
export interface KnownRegistry {
  readonly registry: RegistryAddress;
  readonly consumers: readonly ConsumerName[];
}

/** The registries that `trust verify --all` asks: those with certificates, the insecure ones, and the mirrors. */
export async function knownRegistries(context: Context): Promise<KnownRegistry[]> {
  const trusted = (await readTrusted(context)).filter(
    ({ consumer, registry, asks }) =>
      !NAMED_BY_US.includes(consumer) && (registry !== DOCKER_HUB || asks.length > 0),
  );
  const { document } = await readDaemonJson(context);
  const pairs = [
    ...trusted.map(({ registry, consumer }) => [registry, consumer] as const),
    ...mirrorHosts(entriesOf(document, MIRRORS)).map((host) => [host, 'docker'] as const),
  ];
  const known = new Map<string, Set<ConsumerName>>();
  for (const [name, consumer] of pairs)
    known.set(name, (known.get(name) ?? new Set()).add(consumer));
  return [...known].flatMap(([name, consumers]) =>
    readName(name).map((registry) => ({ registry, consumers: [...consumers] })),
  );
}

/** Whether what dockerd does with it is of interest: not where podman alone, say, was told of it. */
export function usedByDocker({ consumers }: KnownRegistry): boolean {
  return consumers.includes('docker');
}

/** Where a CA has a name that we gave it, which need not be a registry's. */
const NAMED_BY_US: readonly ConsumerName[] = ['system', 'java', 'nss'];

/** Asked only where a hosts.toml says how: else it is trusted by the system's certificates, like any site. */
const HUB: RegistryAddress = { name: DOCKER_HUB, host: HUB_HOST, port: null, notes: [] };

/** Networks and the folder `_default` are no registries that could be asked. */
function readName(name: string): RegistryAddress[] {
  if (name === DOCKER_HUB) return [HUB];
  try {
    return insecureEntry(name).kind === 'block' ? [] : [parseRegistry(name)];
  } catch (error) {
    if (isDockerctlError(error)) return [];
    throw error;
  }
}
