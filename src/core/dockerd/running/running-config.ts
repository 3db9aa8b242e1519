import { parseDocument, type Document } from '../../formats/json/document.js';
import { memberOf, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { get } from '../../formats/json/json-edit.js';
import { keyNamed } from '../options/keys/keys.js';
import { changedKeys, isBlank, sameMeaning } from '../options/meaning.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { chosenByDockerd, runsAlike } from './builtin.js';
import type { KeyState } from './key-state.js';
import { kindOf } from './looked.js';
import { keyStates } from './key-states.js';

/** What shall become of the file. */
export interface Becoming {
  readonly after: JsonObject;
  /** The keys that shall be in force afterwards, also where the file has them already. */
  readonly asked: readonly string[];
}

/**
 * What dockerd has of the file `before`, as far as it matters to a change: of keys that change or are asked for what is in force, where
 * that is shown or on record, and else what the file says. What is asked for and nobody knows of counts as not there.
 */
export function runningConfig(
  observed: ObservedDaemon,
  before: Document,
  { after, asked }: Becoming,
): JsonObject {
  const file = get(before, []) as JsonObject;
  if (observed.info === null) return file;
  const states = new Map(keyStates(observed, before).map((state) => [state.key, state]));
  const names = new Set([...asked, ...changedKeys(file, after)]);
  const others = Object.entries(file).filter(([name]) => !names.has(name));
  const known = [...names].flatMap((name): [string, Json][] => {
    const isAsked = asked.includes(name);
    const value = valueOf(
      states.get(name),
      { file: memberOf(file, name), after: memberOf(after, name), isAsked },
      observed,
    );
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...others, ...known]);
}

/**
 * What dockerd has where it cannot read its file (comments, damage): what it shows, or what is on record, of every key; a key
 * of which nobody knows counts as not there.
 */
export function runningWithoutFile(observed: ObservedDaemon, after: JsonObject): JsonObject {
  const none = parseDocument(null);
  if (!none.ok) return {};
  const asked = keyStates(observed, none.document).map(({ key }) => key);
  return runningConfig(observed, none.document, { after, asked });
}

interface Texts {
  readonly file: Json | undefined;
  readonly after: Json | undefined;
  readonly isAsked: boolean;
}

/**
 * In the words of the file where it means the same: what dockerd shows may be masked, or less than it has. A default that is written
 * out, or taken out, changes nothing.
 */
function valueOf(
  state: KeyState | undefined,
  { file, after, isAsked }: Texts,
  observed: ObservedDaemon,
): Json | undefined {
  if (state === undefined) return file;
  const { key, current, evidence, said } = state;
  // Flags and variables are not the file's to change: what they say stays.
  if (said.some(({ source }) => source !== 'file')) return file;
  const kind = kindOf(observed);
  const isSettled = !isBlank(keyNamed(key), after) || !chosenByDockerd(key, kind);
  if (evidence === 'inferred')
    return isSettled && runsAlike(key, [file, after], kind) ? after : file;
  const isTold = isAsked && evidence === 'unknown' && sameMeaning(key, file, after);
  if (current === null) return isTold ? undefined : file;
  const is = (value: Json | undefined) => runsAlike(key, [current.value, value], kind);
  if (isSettled && is(after)) return after;
  // The file first: what dockerd chose by itself is like everything.
  if (file !== undefined && is(file)) return file;
  return is(after) ? after : current.value;
}
