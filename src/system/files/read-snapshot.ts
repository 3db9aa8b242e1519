import { contentOf, secretOf } from '../../core/plan/content.js';
import type { Content, Secrets } from '../../core/plan/plan.js';
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
  const reader = createSnapshotReader(host, unreadable);
  reader.grow(wanted);
  return reader.seen;
}

/** A snapshot that grows by what is asked of it, for who looks at much and lets others have their turn in between. */
export interface SnapshotReader {
  readonly seen: ReadSnapshot;
  /** As `readSnapshot`; what is there already is not read again. */
  grow(wanted: (snapshot: Snapshot) => readonly string[]): void;
}

export function createSnapshotReader(
  host: Host,
  unreadable?: (path: string) => void,
): SnapshotReader {
  const snapshot = new Map<string, SnapshotEntry | null>();
  const secrets = new Map<string, Uint8Array>();
  const contents: Contents = new Map();
  const read = (path: string): SnapshotEntry | null => {
    try {
      return readEntry(host, path, { secrets, contents });
    } catch (error) {
      if (unreadable === undefined || isOverdue(error)) throw error;
      unreadable(path);
      return { kind: 'other' };
    }
  };
  return {
    seen: { snapshot, secrets },
    grow(wanted) {
      for (;;) {
        const fresh = new Set(wanted(snapshot).filter((path) => !snapshot.has(path)));
        if (fresh.size === 0) return;
        for (const path of fresh) snapshot.set(path, read(path));
      }
    },
  };
}

/** By text: one CA lies in a thousand folders, and is held and decoded once. */
type Contents = Map<string, Content>;

interface Found {
  readonly secrets: Map<string, Uint8Array>;
  readonly contents: Contents;
}

function readEntry(host: Host, path: string, { secrets, contents }: Found): SnapshotEntry | null {
  const stat = statOf(host, path);
  if (stat === null) return null;
  if (stat.kind === 'folder') return { kind: 'folder', names: listFolder(host, path) };
  if (stat.kind !== 'file' || path.includes('/bin/')) return { kind: 'other' };
  const bytes = onFile(path, 'read', () => host.fs.read(path));
  const { mode, uid, gid } = stat;
  if (!path.endsWith('.key')) {
    return { kind: 'file', image: { content: sharedContent(bytes, contents), mode, uid, gid } };
  }
  const content = secretOf(bytes);
  secrets.set(content.secret, bytes);
  return { kind: 'file', image: { content, mode, uid, gid } };
}

function sharedContent(bytes: Uint8Array, contents: Contents): Content {
  const content = contentOf(bytes);
  if (!('text' in content)) return content;
  const known = contents.get(content.text);
  if (known === undefined) contents.set(content.text, content);
  return known ?? content;
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
