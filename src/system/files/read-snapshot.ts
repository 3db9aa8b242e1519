import { contentOf, secretOf } from '../../core/plan/content.js';
import type { Secrets } from '../../core/plan/plan.js';
import type { SnapshotEntry, Snapshot } from '../../core/plan/snapshot.js';
import type { FileStat, Host } from '../../host/host.js';
import { isOverdue, systemErrorCode } from '../../errors.js';
import { fileError, onFile } from '../../core/text/file-error.js';

export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  /** The bytes of the keys in it, by SHA-256. */
  readonly secrets: Secrets;
}

/**
 * Reads what `wanted` asks for, again and again with what was found, until it asks for nothing new.
 * What cannot be read is an error, or told to `unreadable`. Keys are present by name only; programs are looked for and
 * never read.
 */
export function readSnapshot(
  host: Host,
  wanted: (snapshot: Snapshot) => readonly string[],
  unreadable?: (path: string) => void,
): ReadSnapshot {
  const snapshot = new Map<string, SnapshotEntry | null>();
  const secrets = new Map<string, Uint8Array>();
  const read = (path: string): SnapshotEntry | null => {
    try {
      return readEntry(host, path, secrets);
    } catch (error) {
      if (unreadable === undefined || isOverdue(error)) throw error;
      unreadable(path);
      return { kind: 'other' };
    }
  };
  for (;;) {
    const fresh = wanted(snapshot).filter((path) => !snapshot.has(path));
    if (fresh.length === 0) return { snapshot, secrets };
    for (const path of fresh) snapshot.set(path, read(path));
  }
}

function readEntry(
  host: Host,
  path: string,
  secrets: Map<string, Uint8Array>,
): SnapshotEntry | null {
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
