import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import { readHosts } from '../../formats/toml/hosts-toml.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';
import { listConfigured } from './configured.js';
import type { ConsumerName, TrustRequest } from '../contributions/consumer.js';
import { certsDir } from './containerd/containerd.js';

/** A consumer that verifies nothing for a registry, or speaks http with it, and what says so to it. */
export interface Unverified {
  readonly consumer: ConsumerName;
  readonly says: string;
}

/** The consumers for which a CA would not count, by files of their own. */
export function unverifiedBy(
  { registry: { name }, machine }: Pick<TrustRequest, 'registry' | 'machine'>,
  snapshot: Snapshot,
): Unverified[] {
  const { configured } = listConfigured(snapshot);
  const own = configured.filter((one) => one.insecure && one.registry === name);
  const root = attempt(() => certsDir(snapshot));
  const open = [
    ...(isOpenHost(snapshot, machine.certsDir, name) ? ['docker' as const] : []),
    ...(!isDockerctlError(root) && isOpenHost(snapshot, root, name) ? ['containerd' as const] : []),
    ...own.map(({ consumer }) => consumer),
  ];
  return [...new Set(open)].map((consumer) => ({ consumer, says: SAYS[consumer] ?? 'insecure' }));
}

/** What is said of each that stays as it is, and of each that was taken out: the same sentences for all of them. */
export function unverifiedNotes(
  request: TrustRequest,
  consumers: readonly ConsumerName[],
  { before, left }: { readonly before: Snapshot; readonly left: Snapshot },
): string[] {
  const { material, registry } = request;
  if (material.insecure || material.ca === null) return [];
  const chosen = ({ consumer }: Unverified) => consumers.includes(consumer);
  const still = unverifiedBy(request, left).filter(chosen);
  const taken = unverifiedBy(request, before)
    .filter(chosen)
    .filter(({ consumer }) => still.every((one) => one.consumer !== consumer));
  return [
    ...still.map(
      ({ consumer, says }) =>
        `${consumer} verifies nothing for ${registry.name}, as a file of its own says (${says}): the CA counts once that is taken out, which the same command with --yes does`,
    ),
    ...taken.map(
      ({ consumer, says }) =>
        `${consumer} verified nothing for ${registry.name} (${says}): taken out, so that the CA counts`,
    ),
  ];
}

const SAYS: Partial<Record<ConsumerName, string>> = {
  docker: 'skip_verify or an http server in its hosts.toml',
  containerd: 'skip_verify or an http server in hosts.toml, or insecure_skip_verify in config.toml',
  podman: 'insecure = true in registries.conf',
  buildkit: 'insecure or http in buildkitd.toml',
  k3s: 'insecure_skip_verify in registries.yaml',
};

/** containerd docs/hosts.md */
function isOpenHost(snapshot: Snapshot, root: string, name: string): boolean {
  const path = join(root, name, 'hosts.toml');
  const text = textAt(snapshot, path);
  if (text === null) return false;
  const file = attempt(() => readHosts(path, text));
  if (isDockerctlError(file)) return false;
  const own = [file.server ?? { ...file.top, name, url: `https://${name}` }, ...file.hosts].filter(
    (server) => server.name === name,
  );
  return own.some(({ skipVerify, url }) => skipVerify || url.startsWith('http:'));
}
