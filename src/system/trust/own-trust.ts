import { listConfigured, readsConfigured } from '../../core/trust/consumers/configured.js';
import type { ConsumerTrust } from '../../core/trust/contributions/consumer-trust.js';
import { certsDir, CONTAINERD_CERTS } from '../../core/trust/consumers/containerd/containerd.js';
import { readsContainerdConfig } from '../../core/trust/consumers/containerd/containerd-config.js';
import { bytesAt } from '../../core/plan/snapshot.js';
import { attempt, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readSnapshot } from '../files/read-snapshot.js';

/** What the consumers are told in files of their own. */
export interface OwnTrust {
  /** Where containerd has its folders. */
  readonly containerdCerts: string;
  readonly trust: readonly ConsumerTrust[];
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
  const read = (path: string) => bytesAt(snapshot, path) ?? Buffer.of();
  const trust = configured.map(({ ca, client, asks = [], ...one }) => ({
    ...one,
    asks,
    ca: ca.map(read),
    client: client.map(read),
    elsewhere: [],
  }));
  const folder = attempt(() => certsDir(snapshot));
  return isDockerctlError(folder)
    ? {
        containerdCerts: CONTAINERD_CERTS,
        trust,
        notes: [...unread, ...notes, `${folder.message}: what it trusts is not listed`],
      }
    : { containerdCerts: folder, trust, notes: [...unread, ...notes] };
}

/** Where containerd has its folders, by its config.toml. */
export function containerdCerts(host: Host): string {
  return certsDir(readSnapshot(host, (seen) => readsContainerdConfig(seen)).snapshot);
}
