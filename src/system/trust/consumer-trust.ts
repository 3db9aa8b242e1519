import { bytesAt } from '../../core/plan/snapshot.js';
import { NO_TRUST, type ConsumerTrust } from '../../core/trust/contributions/consumer-trust.js';
import { OWN_FILES } from '../../core/trust/contributions/own-files.js';
import { readsStore, storedNames } from '../../core/trust/consumers/system/system.js';
import type { Host } from '../../host/host.js';
import { readSnapshot } from '../files/read-snapshot.js';
import { readCertFolders } from './cert-folders.js';
import type { OwnTrust } from './own-trust.js';

/** Where dockerd has its folders, and whether its image store reads a hosts.toml there. */
export interface DockerCerts {
  readonly certsDir: string;
  readonly hostsToml: boolean;
}

/** Who trusts which registry by what. */
export interface TrustOnMachine {
  readonly trust: readonly ConsumerTrust[];
  /** Which files cannot be read: what they say is missing. */
  readonly notes: readonly string[];
}

/**
 * What list, status, adopt and deploy say of who is trusted is made of this alone. The stores of Java and NSS are not in it:
 * their tools must be asked (`listKeyStores`).
 */
export async function readConsumerTrust(
  host: Host,
  { certsDir, hostsToml }: DockerCerts,
): Promise<TrustOnMachine> {
  const own = await readOwn(host);
  const trust = [
    ...readCertFolders(host, certsDir, { consumer: 'docker', hostsToml }),
    ...readCertFolders(host, own.containerdCerts, { consumer: 'containerd', hostsToml: true }),
    ...readCertFolders(host, '/etc/containers/certs.d', { consumer: 'podman', hostsToml: false }),
    ...own.trust,
    ...inSystemStore(host),
  ];
  return { trust, notes: own.notes };
}

/** The readers of these files are loaded where there is such a file. */
async function readOwn(host: Host): Promise<OwnTrust> {
  if (OWN_FILES.some((path) => host.fs.stat(path) !== null))
    return (await import('./own-trust.js')).readOwnTrust(host);
  return { containerdCerts: '/etc/containerd/certs.d', trust: [], notes: [] };
}

/** The CAs that dockerctl put there, by the names that they were given. */
function inSystemStore(host: Host): ConsumerTrust[] {
  const { snapshot } = readSnapshot(host, (seen) => readsStore(null, seen));
  return storedNames(snapshot).map(({ name, path }) => ({
    ...NO_TRUST,
    consumer: 'system',
    registry: name,
    ca: [bytesAt(snapshot, path) ?? Buffer.of()],
  }));
}
