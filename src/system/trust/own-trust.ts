import { listConfigured, readsConfigured } from '../../core/trust/consumers/configured.js';
import { certsDir } from '../../core/trust/consumers/containerd.js';
import type { CertFolder } from '../../core/trust/consumers/listing.js';
import { readsContainerdConfig } from '../../core/trust/consumers/containerd-config.js';
import { bytesAt } from '../../core/plan/snapshot.js';
import type { Host } from '../../host/host.js';
import { readSnapshot } from '../files/read-snapshot.js';

/** What the consumers are told in files of their own. */
export interface OwnTrust {
  /** Where containerd has its folders. */
  readonly containerdCerts: string;
  readonly folders: readonly CertFolder[];
  /** Which files cannot be read: what they say is missing. */
  readonly notes: readonly string[];
}

export function readOwnTrust(host: Host): OwnTrust {
  const unread: string[] = [];
  const { snapshot } = readSnapshot(
    host,
    (seen) => readsConfigured(seen),
    (path) => unread.push(`${path} cannot be read: what it trusts is not listed`),
  );
  const { configured, notes } = listConfigured(snapshot);
  const folders = configured.map(({ consumer, registry, paths, insecure, asks = [] }) => ({
    consumer,
    registry,
    files: paths.map((path) => bytesAt(snapshot, path) ?? Buffer.of()),
    insecure,
    asks,
  }));
  return { containerdCerts: certsDir(snapshot), folders, notes: [...unread, ...notes] };
}

/** Where containerd has its folders, by its config.toml. */
export function containerdCerts(host: Host): string {
  return certsDir(readSnapshot(host, (seen) => readsContainerdConfig(seen)).snapshot);
}
