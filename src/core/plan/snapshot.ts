import type { Content, FileImage } from './plan.js';

/** Whose certificates lie in a store that only its own tool can write. */
export type KeyStoreName = 'java' | 'nss';

/** What stands at a path. Links are followed; a private key is present by name only. */
export type SnapshotEntry =
  | { readonly kind: 'file'; readonly image: FileImage }
  | { readonly kind: 'folder'; readonly names: readonly string[] }
  | StoreEntry
  | { readonly kind: 'other' };

/** A store that only its own tool can write: as it is, and as it would be with the change that is being planned. */
export interface StoreEntry {
  readonly kind: 'store';
  readonly consumer: KeyStoreName;
  readonly image: FileImage;
  readonly wanted: FileImage;
}

/** The part of the machine that a decision looked at: null where nothing is. A path that was not asked for is missing. */
export type Snapshot = ReadonlyMap<string, SnapshotEntry | null>;

export function fileAt(snapshot: Snapshot, path: string): FileImage | null {
  const entry = snapshot.get(path);
  return entry?.kind === 'file' ? entry.image : null;
}

/** The file's text; null where there is no file, or not one of UTF-8. */
export function textAt(snapshot: Snapshot, path: string): string | null {
  const image = fileAt(snapshot, path);
  return image !== null && 'text' in image.content ? image.content.text : null;
}

/** The file's bytes, the same object for the same content; null where there is no file, or a secret one. */
export function bytesAt(snapshot: Snapshot, path: string): Uint8Array | null {
  const content = fileAt(snapshot, path)?.content;
  if (content === undefined || 'secret' in content) return null;
  const known = BYTES.get(content);
  if (known !== undefined) return known;
  const bytes =
    'text' in content ? Buffer.from(content.text) : Buffer.from(content.base64, 'base64');
  BYTES.set(content, bytes);
  return bytes;
}

const BYTES = new WeakMap<Content, Uint8Array>();

/** The names in a folder; none where there is no folder. */
export function namesIn(snapshot: Snapshot, path: string): readonly string[] {
  const entry = snapshot.get(path);
  return entry?.kind === 'folder' ? entry.names : [];
}
