import { secretOf } from '../core/content.js';
import type { Secrets } from '../core/plan.js';
import type { Entry, Tree } from '../core/trust/tree.js';
import type { Host } from '../host/host.js';
import { systemErrorCode } from '../errors.js';
import { fileError } from '../core/file-error.js';
import { readImage } from './image.js';

export interface GrownTree {
  readonly tree: Tree;
  /** The bytes of the keys in it, by SHA-256. */
  readonly secrets: Secrets;
}

/**
 * Reads what `wanted` asks for, again and again with what was found, until it asks for nothing new.
 * What cannot be read is an error. Keys are present by name only; programs are looked for and never read.
 */
export function growTree(host: Host, wanted: (tree: Tree) => readonly string[]): GrownTree {
  const tree = new Map<string, Entry | null>();
  const secrets = new Map<string, Uint8Array>();
  for (;;) {
    const fresh = wanted(tree).filter((path) => !tree.has(path));
    if (fresh.length === 0) return { tree, secrets };
    for (const path of fresh) tree.set(path, readEntry(host, path, secrets));
  }
}

function readEntry(host: Host, path: string, secrets: Map<string, Uint8Array>): Entry | null {
  const kind = kindOf(host, path);
  if (kind === null) return null;
  if (kind === 'folder') return { kind, names: listFolder(host, path) };
  if (kind !== 'file' || path.includes('/bin/')) return { kind: 'other' };
  const secret = path.endsWith('.key');
  const image = readImage(host, path, { secret });
  if (image === null) return null;
  if (secret) {
    const bytes = host.fs.read(path);
    secrets.set(secretOf(bytes).secret, bytes);
  }
  return { kind, image };
}

/** A dangling link is nothing, as for every reader of it. */
function kindOf(host: Host, path: string): 'file' | 'folder' | 'other' | null {
  try {
    const kind = host.fs.stat(path, { follow: true })?.kind ?? null;
    return kind === 'link' ? 'other' : kind;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemErrorCode(error) ?? '')) return null;
    throw fileError(error, path, 'read');
  }
}

function listFolder(host: Host, path: string): string[] {
  try {
    return host.fs.list(path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}
