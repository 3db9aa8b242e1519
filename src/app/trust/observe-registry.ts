import { entriesOf } from '../../core/dockerd/options/entries.js';
import { MIRRORS, mirrorHosts } from '../../core/dockerd/options/mirrors.js';
import type { Secrets } from '../../core/plan/plan.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import type { ConsumerName, Machine } from '../../core/trust/contributions/consumer.js';
import {
  CONSUMER_NAMES,
  consumerSigns,
  chooseConsumers,
} from '../../core/trust/consumers/consumers.js';
import { readsConfigured } from '../../core/trust/consumers/configured.js';
import { KEY_STORES } from '../../core/trust/consumers/key-stores.js';
import type { Snapshot } from '../../core/plan/snapshot.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readKeyStores } from '../../system/trust/key-stores/key-stores.js';
import { recordsOf } from '../../system/trust/records.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { type DaemonJson, readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';

/** What a decision about one registry needs to see. */
export interface Scene extends DaemonJson {
  readonly machine: Machine;
  readonly snapshot: Snapshot;
  readonly secrets: Secrets;
}

/** What is looked at for whom: `chosen` null for those that are here; `ca` as it shall be, null to take it back. */
export interface Aim {
  readonly chosen: readonly ConsumerName[] | null;
  readonly ca: string | null;
}

/** Looks at dockerd, its file, and what the consumers ask to see. */
export async function lookAt(
  context: Context,
  registry: RegistryAddress,
  { chosen, ca }: Aim,
): Promise<Scene> {
  const { document, observed } = await readDaemonJson(context);
  const machine = {
    certsDir: observed.certsDir,
    mirrors: mirrorHosts(entriesOf(document, MIRRORS)),
    chosen,
    records: recordsOf(context.host),
  };
  const { snapshot, secrets } = readSnapshot(context.host, (read) => [
    // Who is named is served, whoever else is here.
    ...(chosen === null ? consumerSigns() : []),
    ...readsConfigured(read),
    ...chooseConsumers(machine, read).flatMap((consumer) =>
      consumer.reads({ registry, machine }, read),
    ),
  ]);
  const named = KEY_STORES.filter((name) => chosen?.includes(name) === true);
  const stores = await readKeyStores(context.host, named, { registry: registry.name, ca });
  return {
    observed,
    document,
    machine,
    snapshot: new Map([...snapshot, ...stores.snapshot]),
    secrets: new Map([...secrets, ...stores.secrets]),
  };
}

/** The consumers without --to; null for those found on this host. What others than a user's own dockerd read is root's. */
export function usualConsumers({ self }: Host): readonly ConsumerName[] | null {
  return self.uid === 0 || self.root !== null ? null : ['docker'];
}

/** `docker,podman` or several options; null where nothing was said. Throws `usage` for a name we do not know. */
export function readConsumers(typed: readonly string[]): readonly ConsumerName[] | null {
  const names = typed
    .flatMap((text) => text.split(','))
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.find((name) => !CONSUMER_NAMES.some((known) => known === name));
  if (unknown !== undefined) {
    throw new DockerctlError({
      code: 'usage',
      message: `--to ${unknown}: there is no such consumer.`,
      hint: `--to takes ${CONSUMER_NAMES.join(', ')}`,
    });
  }
  return names.length === 0 ? null : CONSUMER_NAMES.filter((known) => names.includes(known));
}
