import {
  NO_ACTIVATION,
  type Activation,
  type Content,
  type FileChange,
  type RefreshCommand,
} from '../../plan/plan.js';
import { type Entry, fileAt, type Tree } from '../../plan/snapshot.js';

/** One consumer's part of a plan. */
export interface Share {
  readonly changes: readonly FileChange[];
  readonly prune: readonly string[];
  readonly refresh: readonly RefreshCommand[];
  /** What dockerd must do for it to count. */
  readonly activation: Activation;
  readonly notes: readonly string[];
}

export const NOTHING: Share = {
  changes: [],
  prune: [],
  refresh: [],
  activation: NO_ACTIVATION,
  notes: [],
};

/** The change that makes the file at `path` be `content`; none where it is that already. A new file gets `mode`, and root. */
export function put(
  tree: Tree,
  path: string,
  { content, mode }: { readonly content: Content; readonly mode: number },
): FileChange[] {
  const before = fileAt(tree, path);
  const keep = before !== null && !('secret' in content);
  const after = keep
    ? { ...before, content }
    : { content, mode, uid: before?.uid ?? 0, gid: before?.gid ?? 0 };
  const same =
    before !== null && sameContent(before.content, content) && before.mode === after.mode;
  return same ? [] : [{ path, before, after }];
}

/** The change that removes the file at `path`; none where there is none. */
export function drop(tree: Tree, path: string): FileChange[] {
  const before = fileAt(tree, path);
  return before === null ? [] : [{ path, before, after: null }];
}

function sameContent(one: Content, other: Content): boolean {
  if ('text' in one) return 'text' in other && one.text === other.text;
  if ('base64' in one) return 'base64' in other && one.base64 === other.base64;
  return 'secret' in other && one.secret === other.secret;
}

/** `changes` carried out on the picture of the machine: what a check of the result looks at. */
export function after(tree: Tree, changes: readonly FileChange[]): Tree {
  const result = new Map(tree);
  carryOut(result, changes);
  return result;
}

/** The same on a picture of one's own. */
export function carryOut(tree: Map<string, Entry | null>, changes: readonly FileChange[]): void {
  for (const { path, after: image } of changes) {
    tree.set(path, image === null ? null : { kind: 'file', image });
    const folder = path.slice(0, path.lastIndexOf('/'));
    const name = path.slice(folder.length + 1);
    const entry = tree.get(folder);
    if (entry !== null && entry !== undefined && entry.kind !== 'folder') continue;
    const names = (entry?.names ?? []).filter((one) => one !== name);
    tree.set(folder, { kind: 'folder', names: image === null ? names : [...names, name].sort() });
  }
}
