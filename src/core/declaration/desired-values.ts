import { addEntries, missingEntries } from '../dockerd/options/entries.js';
import { INSECURE } from '../dockerd/options/insecure.js';
import { sameMeaning } from '../dockerd/options/meaning.js';
import { DEFAULT_CONSUMERS } from './consumers.js';
import type { Declaration } from './schema.js';
import { isSame } from '../formats/json/difference.js';
import type { Document } from '../formats/json/document.js';
import { get, remove, set } from '../formats/json/json-edit.js';
import { isObject, type Json, type JsonObject } from '../formats/json/json-object.js';
import { toPointer, type Path } from '../formats/json/json-path.js';

/** One thing that a declaration wants of daemon.json; `id` as in `daemon:/log-opts/max-size`, `declared`: its place in the declaration. */
export type Wish = { readonly id: string; readonly path: Path; readonly declared: Path } & (
  | /** null: nothing shall be there. */ { readonly match: 'equals'; readonly value: Json }
  | /** It is in the list; the rest of the list is others'. */ {
      readonly match: 'member';
      readonly value: string;
    }
);

/** What is declared of daemon.json, value by value: objects are merged as in RFC 7396. */
export function wishesOf({ daemon, mirrors, insecure, registries }: Declaration): Wish[] {
  const lists: Wish[] = [
    ...(mirrors === undefined ? [] : [equals(['registry-mirrors'], mirrors, ['mirrors'])]),
    ...(insecure === undefined ? [] : [equals([INSECURE.key], insecure, ['insecure'])]),
  ];
  const members = Object.entries(registries)
    .filter(
      ([, { insecure: yes, to }]) => yes === true && (to ?? DEFAULT_CONSUMERS).includes('docker'),
    )
    .map(([name]): Wish => ({
      id: `daemon:/${INSECURE.key}=${name}`,
      path: [INSECURE.key],
      declared: ['registries', name, 'insecure'],
      match: 'member',
      value: name,
    }));
  return [...wishesIn([], daemon), ...lists, ...members];
}

export function isGranted(document: Document, wish: Wish): boolean {
  if (wish.match === 'member') return missingEntries(document, INSECURE, [wish.value]).length === 0;
  const { path, value } = wish;
  const current = get(document, path);
  const [name] = path;
  if (path.length === 1 && name !== undefined)
    return sameMeaning(name, current, value ?? undefined);
  if (current === undefined) return value === null;
  return value !== null && isSame(current, value);
}

/** The document with the wish granted; one that is granted already is left as it is written. */
export function grant(document: Document, wish: Wish): Document {
  if (isGranted(document, wish)) return document;
  if (wish.match === 'member') return addEntries(document, INSECURE, [wish.value]);
  const { path, value } = wish;
  return value === null ? remove(document, path) : set(document, path, value);
}

function wishesIn(path: Path, values: JsonObject): Wish[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const below = [...path, key];
    return isFilled(value) ? wishesIn(below, value) : [equals(below, value, ['daemon', ...below])];
  });
}

function equals(path: Path, value: Json, declared: Path): Wish {
  return { id: `daemon:${toPointer(path)}`, path, declared, match: 'equals', value };
}

function isFilled(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}
