import { buildkit } from './buildkit.js';
import type { Consumer, ConsumerName, Machine } from '../contributions/consumer.js';
import { containerd } from './containerd/containerd.js';
import { docker } from './docker.js';
import { k3s } from './k3s.js';
import { java, KEY_STORES, nss } from './key-stores.js';
import { podman } from './podman.js';
import { recorded } from '../contributions/recorded.js';
import { system } from './system/system.js';
import type { Snapshot } from '../../plan/snapshot.js';

/** Every consumer, in the order in which a plan serves them. */
export const CONSUMERS: readonly Consumer[] = [
  ...[docker, containerd, podman, buildkit, k3s].map(recorded),
  system,
  java,
  nss,
];

export const CONSUMER_NAMES: readonly ConsumerName[] = CONSUMERS.map(({ name }) => name);

/** The consumers given by `--to`; without it, those found on this host, but no store that widens trust beyond one registry. */
export function chooseConsumers(machine: Machine, snapshot: Snapshot): readonly Consumer[] {
  return CONSUMERS.filter(({ name, signs }) =>
    machine.chosen === null
      ? signs.some((path) => (snapshot.get(path) ?? null) !== null)
      : machine.chosen.includes(name),
  );
}

/** What tells who is here. */
export function consumerSigns(): readonly string[] {
  return CONSUMERS.flatMap(({ signs }) => signs);
}

/** The stores: they hold certificates of authorities and nothing else, so no client certificate goes there. */
export function holdsAuthoritiesOnly(name: ConsumerName): boolean {
  return name === 'system' || KEY_STORES.some((store) => store === name);
}
