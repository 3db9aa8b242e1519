import { join } from 'node:path';
import { DockerctlError } from '../../errors.js';
import { printable } from '../printable.js';
import { parseCertificates } from './certificates.js';
import type { Consumer, Subject } from './consumer.js';
import { drop, NOTHING, put, type Share } from './share.js';
import { systemStore, type SystemStore } from './system-stores.js';
import { bytesAt, namesIn, textAt, type Tree } from './tree.js';

const OS_RELEASE = ['/etc/os-release', '/usr/lib/os-release'];
const OURS = 'dockerctl-';

/**
 * The store that every program on this machine trusts, dockerd for Docker Hub included: one file a certificate, since
 * update-ca-certificates takes no more. dockerd reads it once per process (Go crypto/x509 SystemCertPool), so a restart
 * is needed.
 */
export const system: Consumer = {
  name: 'system',
  signs: [],
  reads: readsStore,
  add: ({ registry, material }, tree) =>
    addToStore(tree, { name: registry.name, ca: material.ca ?? '' }),
  remove: ({ registry }: Subject, tree) => removeFromStore(tree, registry.name),
};

export function readsStore(_: unknown, tree: Tree): readonly string[] {
  const store = findStore(tree);
  if (store === null) return OS_RELEASE;
  const { anchors, bundle } = store;
  const ours = namesIn(tree, anchors).filter((name) => name.startsWith(OURS));
  return [...OS_RELEASE, anchors, bundle, ...ours.map((name) => join(anchors, name))];
}

/** Puts each certificate of `ca` (PEM) into a file named after `name`; nothing where the bundle holds it already. */
export function addToStore(
  tree: Tree,
  { name, ca }: { readonly name: string; readonly ca: string },
): Share {
  const store = storeOf(tree);
  const compiled = compiledIn(tree);
  const missing = parseCertificates(Buffer.from(ca)).filter(
    (one) => !compiled.has(one.fingerprint256),
  );
  const changes = missing.flatMap((one) => {
    const id = one.fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase();
    const path = join(store.anchors, `${stemOf(name)}-${id}${store.ending}`);
    return put(tree, path, { content: { text: one.toString() }, mode: 0o644 });
  });
  return missing.length === 0 ? NOTHING : share(store, changes, name);
}

export function removeFromStore(tree: Tree, name: string): Share {
  const store = storeOf(tree);
  const stem = new RegExp(`^${stemOf(name).replaceAll('.', '\\.')}-[0-9a-f]{8}\\.(?:crt|pem)$`);
  const changes = namesIn(tree, store.anchors)
    .filter((file) => stem.test(file))
    .flatMap((file) => drop(tree, join(store.anchors, file)));
  return changes.length === 0 ? NOTHING : share(store, changes, name);
}

/** Our own files in the store: name as given, path. */
export function storedNames(tree: Tree): { readonly name: string; readonly path: string }[] {
  const store = findStore(tree);
  if (store === null) return [];
  return namesIn(tree, store.anchors).flatMap((file) => {
    const name = /^dockerctl-(.*)-[0-9a-f]{8}\.(?:crt|pem)$/.exec(file)?.[1];
    return name === undefined ? [] : [{ name, path: join(store.anchors, file) }];
  });
}

/** SHA-256 fingerprints of what programs of this machine trust. */
export function compiledIn(tree: Tree): ReadonlySet<string> {
  const store = findStore(tree);
  const bytes = store === null ? null : bytesAt(tree, store.bundle);
  return new Set(parseCertificates(bytes).map(({ fingerprint256 }) => fingerprint256));
}

function share(store: SystemStore, changes: Share['changes'], name: string): Share {
  return {
    ...NOTHING,
    changes,
    refresh: [{ argv: store.refresh, reason: `compiles ${store.bundle} from ${store.anchors}` }],
    activation: {
      action: 'restart',
      reasons: [
        `the system's certificates (${printable(name)}): dockerd reads them once, at its start`,
      ],
    },
  };
}

function stemOf(name: string): string {
  return OURS + name.replace(/[^A-Za-z0-9.-]/g, '_');
}

export function findStore(tree: Tree): SystemStore | null {
  const text = OS_RELEASE.map((path) => textAt(tree, path)).find((one) => one !== null);
  return systemStore(text ?? '');
}

function storeOf(tree: Tree): SystemStore {
  const store = findStore(tree);
  if (store !== null) return store;
  const id =
    /^PRETTY_NAME="?([^"\n]*)/m.exec(textAt(tree, '/etc/os-release') ?? '')?.[1] ?? 'this system';
  throw new DockerctlError({
    code: 'not-found',
    message: `${printable(id)} keeps its certificates in a way that dockerctl does not know.`,
    hint: 'add the CA by the means of the system (on NixOS: security.pki.certificateFiles), or for docker alone: --to docker',
  });
}
