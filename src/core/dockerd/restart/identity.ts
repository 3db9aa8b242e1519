import { documentIn } from '../activation/documents.js';
import type { Document } from '../../formats/json/document.js';
import { get } from '../../formats/json/json-edit.js';
import { type Json, type JsonObject, memberOf } from '../../formats/json/json-object.js';
import type { FileImage } from '../../plan/plan.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { sameMeaning } from '../options/meaning.js';
import { engineOf, inRange } from '../options/keys/version.js';
import { runsAlike } from '../running/builtin.js';
import type { KeyState } from '../running/key-state.js';
import { kindOf } from '../running/looked.js';
import { keyStates } from '../running/key-states.js';

/** daemon.json before and after; null where it is no strict JSON. */
export interface Documents {
  readonly before: Document | null;
  readonly after: Document | null;
}

/** Keys that name what a restarted dockerd finds its containers by (docker docs, "Live restore": limits). */
const KEYS = [
  ...['data-root', 'graph', 'exec-root', 'userns-remap', 'containerd', 'containerd-namespace'],
  ...['storage-driver', 'storage-opts'],
];

/** With the other image store dockerd looks for its containers elsewhere; engines before 24 have one only. */
const SNAPSHOTTER = 'containerd-snapshotter';
export const IMAGE_STORE = `features.${SNAPSHOTTER}`;

/** What is known of each key that a start with this file would read, by name. */
export type StatesByKey = ReadonlyMap<string, KeyState>;

export function statesWith(observed: ObservedDaemon, document: Document | null): StatesByKey {
  const states = document === null ? [] : keyStates(observed, document);
  return new Map(states.map((state) => [state.key, state]));
}

/**
 * The keys by which dockerd finds what it has, and which a start with the file `after` gives another value than the daemon has that
 * runs: by the file, by a flag or by a variable, whoever wrote it. Where nobody knows what it has, what `before` says counts.
 */
export function changedIdentity(
  observed: ObservedDaemon,
  { before, after }: Documents,
  states: StatesByKey = statesWith(observed, after),
): readonly string[] {
  const [was, becomes] = [configOf(before), configOf(after)];
  const kind = kindOf(observed);
  const keys = KEYS.filter((key) => {
    const texts = { was: was[key], becomes: becomes[key] };
    const isDefault =
      texts.becomes !== undefined && runsAlike(key, [texts.was, texts.becomes], kind);
    const isChanged = !isDefault && !sameMeaning(key, texts.was, texts.becomes);
    const state = states.get(key);
    if (state === undefined || !isKnown(state)) return isChanged;
    return state.pending === 'restart' || (isChanged && leavesTheChoice(state, texts));
  });
  return changesStore(observed, { was, becomes, state: states.get('features') })
    ? [...keys, IMAGE_STORE]
    : keys;
}

/**
 * The keys by which dockerd finds what it has that a file writes, where nothing tells whether the daemon that runs was started with
 * them: the file is newer than its start, and nobody recorded that.
 */
export function unknownIdentity(
  { info }: ObservedDaemon,
  document: Document,
  states: StatesByKey,
): readonly string[] {
  if (info === null) return [];
  const config = configOf(document);
  return KEYS.filter((key) => {
    const value = config[key];
    return (
      value !== undefined && states.get(key)?.evidence === 'unknown' && !isSeen(info, key, value)
    );
  });
}

/** /info tells whether users are remapped, and not as whom. */
function isSeen({ SecurityOptions: options }: JsonObject, key: string, value: Json): boolean {
  return (
    key === 'userns-remap' &&
    Array.isArray(options) &&
    options.includes('name=userns') === (value !== '')
  );
}

/** The documents of a change. */
export function documentsIn(before: FileImage | null, after: FileImage | null): Documents {
  return { before: documentIn(before), after: documentIn(after) };
}

/** What the times of files tell is no more than what the file says. */
function isKnown({ evidence }: KeyState): boolean {
  return evidence === 'shown' || evidence === 'recorded';
}

/** What it runs with is taken out of the file: what dockerd chooses by itself may be something else. */
function leavesTheChoice(
  { key, current }: KeyState,
  { was, becomes }: { readonly was: Json | undefined; readonly becomes: Json | undefined },
): boolean {
  return becomes === undefined && sameMeaning(key, was, current?.value);
}

interface Stores {
  readonly was: JsonObject;
  readonly becomes: JsonObject;
  readonly state: KeyState | undefined;
}

function changesStore({ version }: ObservedDaemon, { was, becomes, state }: Stores): boolean {
  if (!inRange(engineOf(version), '24..')) return false;
  const store = (value: Json | undefined) => memberOf(value, SNAPSHOTTER) ?? null;
  const has = state === undefined || !isKnown(state) ? null : store(state.current?.value);
  // Which store a fresh 29 takes where nothing is said, it finds out by itself.
  const wanted = store(becomes.features) ?? (inRange(engineOf(version), '29..') ? has : false);
  return has === null ? store(was.features) !== store(becomes.features) : has !== wanted;
}

function configOf(document: Document | null): JsonObject {
  return document === null ? {} : (get(document, []) as JsonObject);
}
