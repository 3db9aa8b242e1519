import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import { readHosts } from '../../formats/toml/hosts-toml.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';
import { listConfigured } from './configured.js';
import type { ConsumerName, TrustRequest } from './consumer.js';
import { certsDir } from './containerd.js';

/**
 * Where a consumer verifies nothing for a registry, or speaks http with it, by files of its own: a CA that is added there does
 * not count until that goes, and whoever adds it must know. One sentence a consumer, the same for all of them.
 */
export function unverifiedNotes(
  { registry: { name }, material }: TrustRequest,
  consumers: readonly ConsumerName[],
  { before, left }: { readonly before: Snapshot; readonly left: Snapshot },
): string[] {
  if (material.insecure || material.ca === null) return [];
  const still = openTo(left, name).filter((consumer) => consumers.includes(consumer));
  const taken = openTo(before, name).includes('buildkit') && !still.includes('buildkit');
  return [
    ...still.map(
      (consumer) =>
        `${consumer} verifies nothing for ${name}, as a file of its own says (${SAYS[consumer] ?? 'insecure'}): the CA counts once that is taken out`,
    ),
    ...(taken && consumers.includes('buildkit')
      ? [
          `buildkit verified nothing for ${name} (insecure, http in its file): taken out, so that the CA counts`,
        ]
      : []),
  ];
}

function openTo(snapshot: Snapshot, name: string): ConsumerName[] {
  const { configured } = listConfigured(snapshot);
  const own = configured.filter((one) => one.insecure && one.registry === name);
  return [
    ...new Set([
      ...own.map(({ consumer }) => consumer),
      ...(isOpenHost(snapshot, name) ? ['containerd' as const] : []),
    ]),
  ];
}

const SAYS: Partial<Record<ConsumerName, string>> = {
  containerd: 'skip_verify or an http server in hosts.toml',
  podman: 'insecure = true in registries.conf',
  k3s: 'insecure_skip_verify in registries.yaml',
};

/** containerd docs/hosts.md */
function isOpenHost(snapshot: Snapshot, name: string): boolean {
  const root = attempt(() => certsDir(snapshot));
  if (isDockerctlError(root)) return false;
  const path = join(root, name, 'hosts.toml');
  const text = textAt(snapshot, path);
  if (text === null || text.startsWith('# written by dockerctl')) return false;
  const file = attempt(() => readHosts(path, text));
  if (isDockerctlError(file)) return false;
  const own = [file.server, ...file.hosts].filter((server) => server?.name === name);
  return own.some(
    (server) => server !== null && (server.skipVerify || server.url.startsWith('http:')),
  );
}
