import { join } from 'node:path';
import { dayOf, nameOf, parseCertificates } from '../material/certificates.js';
import { compiledIn, findStore, readsStore, storedNames } from './system.js';
import { bytesAt, namesIn, type Tree } from '../../plan/snapshot.js';

/** A CA certificate in the folder where operators put them. */
export interface Anchor {
  /** The name it was added under; null: not by dockerctl. */
  readonly name: string | null;
  readonly path: string;
  readonly subject: string;
  /** A day. */
  readonly until: string;
  /** Whether the bundle that programs read really holds it. */
  readonly compiled: boolean;
}

export function readsAnchors(tree: Tree): readonly string[] {
  const store = findStore(tree);
  if (store === null) return readsStore(null, tree);
  const files = namesIn(tree, store.anchors).map((name) => join(store.anchors, name));
  return [...readsStore(null, tree), ...files];
}

export function listAnchors(tree: Tree): Anchor[] {
  const store = findStore(tree);
  if (store === null) return [];
  const compiled = compiledIn(tree);
  const ours = new Map(storedNames(tree).map(({ name, path }) => [path, name]));
  return namesIn(tree, store.anchors).flatMap((file) => {
    const path = join(store.anchors, file);
    return parseCertificates(bytesAt(tree, path)).map((one) => ({
      name: ours.get(path) ?? null,
      path,
      subject: nameOf(one.subject),
      until: dayOf(one.validTo),
      compiled: compiled.has(one.fingerprint256),
    }));
  });
}
