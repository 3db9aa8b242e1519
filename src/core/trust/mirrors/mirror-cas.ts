import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import type { FileChange } from '../../plan/plan.js';
import { bytesAt, namesIn, type Snapshot } from '../../plan/snapshot.js';
import { parseRegistry, type RegistryAddress } from '../../registry/address.js';
import { CONSUMERS } from '../consumers/consumers.js';
import type { Consumer, Machine, TrustRequest } from '../contributions/consumer.js';
import { certificatesForGo, isAuthority, toPem, withoutRepeats } from '../material/certificates.js';

/** Mirrors of Docker Hub by name, as `machine.mirrors` has them. */
type MirrorLocations = Pick<Machine, 'certsDir' | 'mirrors' | 'records'>;

/** What must be seen to know whether each mirror's CA lies wherever dockerd looks for it: one without a folder has none. */
export function readsMirrorCas(place: MirrorLocations, snapshot: Snapshot): readonly string[] {
  const folders = new Set(namesIn(snapshot, place.certsDir));
  const registries = mirrorsOf(place).filter(({ name }) => folders.has(name));
  return [
    place.certsDir,
    ...registries.flatMap((registry) =>
      DOCKER.flatMap((docker) => docker.reads({ registry, machine: wholeOf(place) }, snapshot)),
    ),
  ];
}

/**
 * Puts the CA of each mirror, from the folder of its own name, into that of docker.io, too: engines since 28, with images in
 * containerd and in builds, look for it there alone (moby daemon/hosts.go). None where it lies there, or the mirror has none.
 */
export function mirrorCaChanges(place: MirrorLocations, snapshot: Snapshot): FileChange[] {
  return mirrorsOf(place).flatMap((registry) => {
    const ca = authoritiesIn(snapshot, join(place.certsDir, registry.name));
    if (ca === null) return [];
    const material = { ca, client: null, insecure: false };
    const request: TrustRequest = { registry, machine: wholeOf(place), material };
    return DOCKER.flatMap((docker) => {
      const share = attempt(() => docker.add(request, snapshot));
      return isDockerctlError(share) ? [] : share.changes;
    });
  });
}

const DOCKER: readonly Consumer[] = CONSUMERS.filter(({ name }) => name === 'docker');

function wholeOf(place: MirrorLocations): Machine {
  return { ...place, chosen: ['docker'] };
}

function mirrorsOf({ mirrors }: MirrorLocations): RegistryAddress[] {
  return [...new Set(mirrors)].flatMap((name) => {
    const address = attempt(() => parseRegistry(name));
    return isDockerctlError(address) ? [] : [address];
  });
}

function authoritiesIn(snapshot: Snapshot, folder: string): string | null {
  const found = namesIn(snapshot, folder)
    .filter((name) => name.endsWith('.crt'))
    .flatMap((name) => certificatesForGo(bytesAt(snapshot, join(folder, name))))
    .filter(isAuthority);
  return found.length === 0 ? null : toPem(withoutRepeats(found));
}
