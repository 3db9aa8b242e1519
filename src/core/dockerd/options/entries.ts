import { DockerctlError } from '../../../errors.js';
import type { Document } from '../../formats/json/document.js';
import { append, get, remove, set } from '../../formats/json/json-edit.js';
import { nodeAt } from '../../formats/json/syntax/node.js';
import { placeOf } from '../../formats/json/syntax/place.js';

/** A key of daemon.json that holds a list of strings, and what makes two entries the same to dockerd. */
export interface EntryList {
  readonly key: string;
  readonly same: (entry: string) => string;
}

/** The entries as written. Throws `invalid-config`, with the place, when the key holds something else. */
export function entriesOf(document: Document, { key }: EntryList): readonly string[] {
  const value = get(document, [key]) ?? [];
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
  const { line, column, snippet } = placeOf(
    document.text,
    nodeAt(document.root, [key])?.start ?? 0,
  );
  throw new DockerctlError({
    code: 'invalid-config',
    message: `daemon.json:${line}:${column}: ${key} is not a list of strings\n${snippet}`,
    hint:
      typeof value === 'string'
        ? `make it a list of this one: \`dockerctl config set ${key} '${value}'\``
        : `correct it with \`dockerctl config edit\`, or take it out: \`dockerctl config unset ${key}\``,
  });
}

/** Adds what is not there yet, at the end, in order. */
export function addEntries(
  document: Document,
  list: EntryList,
  entries: readonly string[],
): Document {
  const known = new Set(entriesOf(document, list).map(list.same));
  return entries.reduce((edited, entry) => {
    if (known.has(list.same(entry))) return edited;
    known.add(list.same(entry));
    return append(edited, [list.key], entry);
  }, document);
}

/**
 * Takes out every spelling of the entries; the rest keeps its bytes. A list left empty goes when it is the last key,
 * where `addEntries` would have made it: adding and removing again gives the same bytes.
 */
export function removeEntries(
  document: Document,
  list: EntryList,
  entries: readonly string[],
): Document {
  const unwanted = new Set(entries.map(list.same));
  const places = entriesOf(document, list)
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => unwanted.has(list.same(entry)))
    .map(({ index }) => [list.key, String(index)]);
  const edited = places.reverse().reduce(remove, document);
  const emptied = places.length > 0 && entriesOf(edited, list).length === 0;
  return emptied && document.root?.members.at(-1)?.key === list.key
    ? remove(edited, [list.key])
    : edited;
}

/** Makes the list these entries, in this order. A list that already means the same is left as it is written. */
export function setEntries(
  document: Document,
  list: EntryList,
  entries: readonly string[],
): Document {
  const meaning = (some: readonly string[]) => JSON.stringify(some.map(list.same));
  const once = entries.filter(
    (entry, at) => entries.findIndex((other) => list.same(other) === list.same(entry)) === at,
  );
  return meaning(entriesOf(document, list)) === meaning(once)
    ? document
    : set(document, [list.key], once);
}

/** Those of `entries` that are not in the list. */
export function missingEntries(
  document: Document,
  list: EntryList,
  entries: readonly string[],
): string[] {
  const known = new Set(entriesOf(document, list).map(list.same));
  return entries.filter((entry) => !known.has(list.same(entry)));
}
