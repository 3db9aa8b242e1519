import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import { readHosts, type HostsServer } from '../../formats/toml/hosts-toml.js';
import type { FileChange } from '../../plan/plan.js';
import { bytesAt, namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';
import { parseRegistry } from '../../registry/address.js';
import { put } from '../contributions/contribution.js';
import { addToHosts } from '../contributions/hosts-edit.js';
import { certificatesForGo, isAuthority, toPem } from '../material/certificates.js';
import { askedServers } from './asked-servers.js';

/** Something in certs.d that a store of images does not see, though it lies there for it. */
export interface StoreMove {
  readonly registry: string;
  readonly path: string;
  readonly kind: 'ca' | 'mirrors' | 'insecure';
  /** What puts it where this store looks; none where only a command for daemon.json does. */
  readonly changes: readonly FileChange[];
  /** URLs of mirrors, in their order. */
  readonly urls: readonly string[];
}

/**
 * What has to move for a dockerd that does, or does not, read hosts.toml: the two stores of images find CAs, mirrors and what is
 * not verified in different places of certs.d (moby registry/registry.go; containerd core/remotes/docker/config/hosts.go).
 */
export function storeMoves(
  snapshot: Snapshot,
  certsDir: string,
  readsHostsToml: boolean,
): StoreMove[] {
  return namesIn(snapshot, certsDir).flatMap((registry) => {
    const path = join(certsDir, registry, 'hosts.toml');
    const text = textAt(snapshot, path) ?? '';
    const file = attempt(() => readHosts(path, text));
    if (text === '' || isDockerctlError(file)) return [];
    const named = { registry, path, urls: file.hosts.map(({ url }) => url) };
    const servers = [...file.hosts, file.server ?? { ...file.top, name: registry }];
    const own = servers.filter(({ name }) => name === registry);
    return readsHostsToml
      ? unnamed(snapshot, certsDir, named)
      : [
          ...unread(snapshot, certsDir, named),
          ...(named.urls.length > 0 ? [{ ...named, kind: 'mirrors' as const, changes: [] }] : []),
          ...(own.some(isOpen) ? [{ ...named, kind: 'insecure' as const, changes: [] }] : []),
        ];
  });
}

type Named = Pick<StoreMove, 'registry' | 'path' | 'urls'>;

function isOpen({ skipVerify, url }: HostsServer): boolean {
  return skipVerify || url.startsWith('http:');
}

/** The CA lies beside a hosts.toml that does not name it: the file speaks alone. */
function unnamed(snapshot: Snapshot, certsDir: string, named: Named): StoreMove[] {
  const registry = attempt(() => parseRegistry(named.registry));
  const folder = join(certsDir, named.registry);
  if (isDockerctlError(registry) || !namesIn(snapshot, folder).includes('ca.crt')) return [];
  const ca = bytesAt(snapshot, join(folder, 'ca.crt'));
  const material = {
    ca: toPem(certificatesForGo(ca)),
    client: null,
    insecure: false,
  };
  const machine = { certsDir, mirrors: [], chosen: null };
  const changes = addToHosts({ registry, machine, material }, { snapshot, folder });
  return changes.length === 0 ? [] : [{ ...named, kind: 'ca', changes }];
}

/** The CA is named by a hosts.toml alone, and no *.crt of the folder holds it. */
function unread(snapshot: Snapshot, certsDir: string, named: Named): StoreMove[] {
  const folder = join(certsDir, named.registry);
  const own = askedServers(snapshot, certsDir, named.registry)?.servers.filter(
    ({ address }) => address.name === named.registry,
  );
  const beside = namesIn(snapshot, folder).filter((name) => name.endsWith('.crt'));
  const certificatesOf = (paths: readonly string[]) =>
    paths.flatMap((path) => certificatesForGo(bytesAt(snapshot, path))).filter(isAuthority);
  const there = certificatesOf(beside.map((name) => join(folder, name)));
  const missing = certificatesOf((own ?? []).flatMap(({ ca }) => ca)).filter(
    (one) => !there.some(({ fingerprint256 }) => fingerprint256 === one.fingerprint256),
  );
  if (missing.length === 0) return [];
  const path = join(folder, beside.includes('ca.crt') ? 'hosts-toml.crt' : 'ca.crt');
  const changes = put(snapshot, path, { content: { text: toPem(missing) }, mode: 0o644 });
  return changes.length === 0 ? [] : [{ ...named, kind: 'ca', changes }];
}
