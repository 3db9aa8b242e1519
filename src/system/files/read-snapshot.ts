import { contentOf, secretOf } from '../../core/plan/content.js';
import type { Secrets } from '../../core/plan/plan.js';
import type { Entry, Tree } from '../../core/plan/snapshot.js';
import type { FileStat, Host } from '../../host/host.js';
import { systemErrorCode } from '../../errors.js';
import { fileError, onFile } from '../../core/text/file-error.js';

export interface GrownTree {
  readonly tree: Tree;
  /** The bytes of the keys in it, by SHA-256. */
  readonly secrets: Secrets;
}

/**
 * Reads what `wanted` asks for, again and again with what was found, until it asks for nothing new.
 * What cannot be read is an error, or told to `unreadable`. Keys are present by name only; programs are looked for and
 * never read.
 */
export function growTree(
  host: Host,
  wanted: (tree: Tree) => readonly string[],
  unreadable?: (path: string) => void,
): GrownTree {
  const tree = new Map<string, Entry | null>();
  const secrets = new Map<string, Uint8Array>();
  const read = (path: string): Entry | null => {
    try {
      return readEntry(host, path, secrets);
    } catch (error) {
      if (unreadable === undefined) throw error;
      unreadable(path);
      return { kind: 'other' };
    }
  };
  for (;;) {
    const fresh = wanted(tree).filter((path) => !tree.has(path));
    if (fresh.length === 0) return { tree, secrets };
    for (const path of fresh) tree.set(path, read(path));
  }
}

function readEntry(host: Host, path: string, secrets: Map<string, Uint8Array>): Entry | null {
  const stat = statOf(host, path);
  if (stat === null) return null;
  if (stat.kind === 'folder') return { kind: 'folder', names: listFolder(host, path) };
  if (stat.kind !== 'file' || path.includes('/bin/')) return { kind: 'other' };
  const bytes = onFile(path, 'read', () => host.fs.read(path));
  const { mode, uid, gid } = stat;
  if (!path.endsWith('.key')) {
    return { kind: 'file', image: { content: contentOf(bytes), mode, uid, gid } };
  }
  const content = secretOf(bytes);
  secrets.set(content.secret, bytes);
  return { kind: 'file', image: { content, mode, uid, gid } };
}

/** A dangling link is nothing, as for every reader of it. */
function statOf(host: Host, path: string): FileStat | null {
  try {
    return host.fs.stat(path, { follow: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemErrorCode(error) ?? '')) return null;
    throw fileError(error, path, 'read');
  }
}

function listFolder(host: Host, path: string): string[] {
  return onFile(path, 'read', () => host.fs.list(path));
}
