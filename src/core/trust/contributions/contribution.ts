import {
  NO_ACTIVATION,
  type Activation,
  type Content,
  type FileChange,
  type RefreshCommand,
} from '../../plan/plan.js';
import { type SnapshotEntry, fileAt, type Snapshot } from '../../plan/snapshot.js';

/** One consumer's part of a plan. */
export interface Contribution {
  readonly changes: readonly FileChange[];
  readonly prune: readonly string[];
  readonly refresh: readonly RefreshCommand[];
  /** What dockerd must do for it to count. */
  readonly activation: Activation;
  readonly notes: readonly string[];
}

export const NOTHING: Contribution = {
  changes: [],
  prune: [],
  refresh: [],
  activation: NO_ACTIVATION,
  notes: [],
};

/** The change that makes the file at `path` be `content`; none where it is that already. A new file gets `mode`, and root. */
export function put(
  snapshot: Snapshot,
  path: string,
  { content, mode }: { readonly content: Content; readonly mode: number },
): FileChange[] {
  const before = fileAt(snapshot, path);
  const keep = before !== null && !('secret' in content);
  const after = keep
    ? { ...before, content }
    : { content, mode, uid: before?.uid ?? 0, gid: before?.gid ?? 0 };
  const same =
    before !== null && sameContent(before.content, content) && before.mode === after.mode;
  return same ? [] : [{ path, before, after }];
}

/** The change that removes the file at `path`; none where there is none. */
export function drop(snapshot: Snapshot, path: string): FileChange[] {
  const before = fileAt(snapshot, path);
  return before === null ? [] : [{ path, before, after: null }];
}

function sameContent(one: Content, other: Content): boolean {
  if ('text' in one) return 'text' in other && one.text === other.text;
  if ('base64' in one) return 'base64' in other && one.base64 === other.base64;
  return 'secret' in other && one.secret === other.secret;
}

/** The snapshot with `changes` applied: what a check of the result looks at. */
export function after(snapshot: Snapshot, changes: readonly FileChange[]): Snapshot {
  if (changes.length === 0) return snapshot;
  const result = new Map(snapshot);
  applyTo(result, changes);
  return result;
}

/** Applies `changes` to a snapshot of the caller's own. */
export function applyTo(
  snapshot: Map<string, SnapshotEntry | null>,
  changes: readonly FileChange[],
): void {
  for (const { path, after: image } of changes) {
    snapshot.set(path, image === null ? null : { kind: 'file', image });
    const folder = path.slice(0, path.lastIndexOf('/'));
    const name = path.slice(folder.length + 1);
    const entry = snapshot.get(folder);
    if (entry !== null && entry !== undefined && entry.kind !== 'folder') continue;
    const names = (entry?.names ?? []).filter((one) => one !== name);
    snapshot.set(folder, {
      kind: 'folder',
      names: image === null ? names : [...names, name].sort(),
    });
  }
}
