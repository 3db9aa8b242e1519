import type { AdoptedState } from '../../core/declaration/adopt.js';
import { parseRegistry } from '../../core/registry/address.js';
import { containerd } from '../../core/trust/consumers/containerd/containerd.js';
import { attempt, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';

type AdoptedRegistry = AdoptedState['registries'][number];

export interface ContainerdKept {
  readonly registries: readonly AdoptedRegistry[];
  /** Of which registries containerd is not declared, and why. */
  readonly notes: readonly string[];
}

/**
 * The registries, for containerd only where its files are those that a declaration asks for: a hosts.toml that somebody wrote by
 * hand would be changed by the next `apply`.
 */
export function containerdAsDeclared(
  host: Host,
  registries: readonly AdoptedRegistry[],
): ContainerdKept {
  const others = registries.filter(
    (one) => one.to?.includes('containerd') === true && !isAsDeclared(host, one),
  );
  return {
    registries: registries.map((one) =>
      others.includes(one)
        ? { ...one, to: (one.to ?? []).filter((name) => name !== 'containerd') }
        : one,
    ),
    notes: others.map(
      ({ name }) =>
        `${name}: what containerd has for it is not what a declaration makes, and is not declared`,
    ),
  };
}

function isAsDeclared(host: Host, { name, ca }: AdoptedRegistry): boolean {
  const machine = {
    certsDir: '',
    mirrors: [],
    chosen: ['containerd' as const],
    declared: true as const,
  };
  const subject = { registry: parseRegistry(name), machine };
  const { snapshot } = readSnapshot(host, (seen) => containerd.reads(subject, seen));
  const material = { ca, client: null, insecure: false };
  const added = attempt(() => containerd.add({ ...subject, material }, snapshot));
  return !isDockerctlError(added) && added.changes.length === 0;
}
