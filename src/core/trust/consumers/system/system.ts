import { join } from 'node:path';
import { DockerctlError } from '../../../../errors.js';
import { printable } from '../../../text/printable.js';
import { anchorName, anchorOwner, isAnchorOf } from './anchor-name.js';
import { certificatesForGo, parseCertificates } from '../../material/certificates.js';
import type { Consumer, RegistryOnMachine } from '../../contributions/consumer.js';
import { drop, NOTHING, put, type Contribution } from '../../contributions/contribution.js';
import { systemStore, type SystemStore } from './system-stores.js';
import { bytesAt, fileAt, namesIn, textAt, type Snapshot } from '../../../plan/snapshot.js';

const OS_RELEASE = ['/etc/os-release', '/usr/lib/os-release'];

/**
 * The store that every program on this machine trusts, dockerd for Docker Hub included: one file a certificate, since
 * update-ca-certificates takes no more. dockerd reads it once per process (Go crypto/x509 SystemCertPool), so a restart
 * is needed.
 */
export const system: Consumer = {
  name: 'system',
  signs: [],
  reads: readsStore,
  add: ({ registry, material }, snapshot) =>
    addToStore(snapshot, { name: registry.name, ca: material.ca ?? '' }),
  remove: ({ registry }: RegistryOnMachine, snapshot) => removeFromStore(snapshot, registry.name),
};

export function readsStore(_: unknown, snapshot: Snapshot): readonly string[] {
  const store = findStore(snapshot);
  if (store === null) return OS_RELEASE;
  const { anchors, bundle, hooks = [] } = store;
  const ours = namesIn(snapshot, anchors).filter((file) => anchorOwner(stemOf(file)) !== null);
  const files = ours.map((name) => join(anchors, name));
  return [...OS_RELEASE, anchors, bundle, ...files, ...hooks.map(({ sign }) => sign)];
}

/** Puts each certificate of `ca` (PEM) into a file named after `name`; nothing where the bundle holds it already. */
export function addToStore(
  snapshot: Snapshot,
  { name, ca }: { readonly name: string; readonly ca: string },
): Contribution {
  const store = storeOf(snapshot);
  const compiled = compiledIn(snapshot);
  const missing = parseCertificates(Buffer.from(ca)).filter(
    (one) => !compiled.has(one.fingerprint256),
  );
  const changes = missing.flatMap((one) => {
    const path = join(store.anchors, `${anchorName(name, one)}${store.ending}`);
    return put(snapshot, path, { content: { text: one.toString() }, mode: 0o644 });
  });
  return missing.length === 0 ? NOTHING : contributionOf({ store, snapshot }, changes, name);
}

export function removeFromStore(snapshot: Snapshot, name: string): Contribution {
  const store = storeOf(snapshot);
  const changes = namesIn(snapshot, store.anchors)
    .filter((file) => isAnchorOf(name, stemOf(file)))
    .flatMap((file) => drop(snapshot, join(store.anchors, file)));
  return changes.length === 0 ? NOTHING : contributionOf({ store, snapshot }, changes, name);
}

/** Our own files in the store: name as given, path. */
export function storedNames(
  snapshot: Snapshot,
): { readonly name: string; readonly path: string }[] {
  const store = findStore(snapshot);
  if (store === null) return [];
  return namesIn(snapshot, store.anchors).flatMap((file) => {
    const name = anchorOwner(stemOf(file));
    return name === null ? [] : [{ name, path: join(store.anchors, file) }];
  });
}

/** SHA-256 fingerprints of what Go's programs, dockerd among them, read of this machine's bundle (crypto/x509 root_unix.go). */
export function compiledIn(snapshot: Snapshot): ReadonlySet<string> {
  const store = findStore(snapshot);
  const bytes = store === null ? null : bytesAt(snapshot, store.bundle);
  return new Set(certificatesForGo(bytes).map(({ fingerprint256 }) => fingerprint256));
}

interface SystemStoreAt {
  readonly store: SystemStore;
  readonly snapshot: Snapshot;
}

function contributionOf(
  { store, snapshot }: SystemStoreAt,
  changes: Contribution['changes'],
  name: string,
): Contribution {
  const { refresh, bundle, anchors, hooks = [] } = store;
  const here = hooks.filter(({ sign }) => fileAt(snapshot, sign) !== null);
  return {
    ...NOTHING,
    changes,
    refresh: [
      ...here.map(({ argv, reason }) => ({ argv, reason })),
      { argv: refresh, reason: `compiles ${bundle} from ${anchors}` },
    ],
    activation: {
      action: 'restart',
      reasons: [
        `the system's certificates (${printable(name)}): dockerd reads them once, at its start`,
      ],
    },
  };
}

function stemOf(file: string): string {
  return file.replace(/\.(?:crt|pem)$/, '');
}

export function findStore(snapshot: Snapshot): SystemStore | null {
  const text = OS_RELEASE.map((path) => textAt(snapshot, path)).find((one) => one !== null);
  return systemStore(text ?? '');
}

function storeOf(snapshot: Snapshot): SystemStore {
  const store = findStore(snapshot);
  if (store !== null) return store;
  const id =
    /^PRETTY_NAME="?([^"\n]*)/m.exec(textAt(snapshot, '/etc/os-release') ?? '')?.[1] ??
    'this system';
  throw new DockerctlError({
    code: 'not-found',
    message: `${printable(id)} keeps its certificates in a way that dockerctl does not know.`,
    hint: 'add the CA by the means of the system (on NixOS: security.pki.certificateFiles), or for docker alone: --to docker',
  });
}
