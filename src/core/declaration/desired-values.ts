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
export type DesiredValue = { readonly id: string; readonly path: Path; readonly declared: Path } & (
  | /** null: nothing shall be there. */ { readonly match: 'equals'; readonly value: Json }
  | /** It is in the list; the rest of the list is others'. */ {
      readonly match: 'member';
      readonly value: string;
    }
);

/** What is declared of daemon.json, value by value: objects are merged as in RFC 7396. */
export function desiredValuesOf({
  daemon,
  mirrors,
  insecure,
  registries,
}: Declaration): DesiredValue[] {
  const lists: DesiredValue[] = [
    ...(mirrors === undefined ? [] : [equals(['registry-mirrors'], mirrors, ['mirrors'])]),
    ...(insecure === undefined ? [] : [equals([INSECURE.key], insecure, ['insecure'])]),
  ];
  const members = Object.entries(registries)
    .filter(
      ([, { insecure: yes, to }]) => yes === true && (to ?? DEFAULT_CONSUMERS).includes('docker'),
    )
    .map(([name]): DesiredValue => ({
      id: `daemon:/${INSECURE.key}=${name}`,
      path: [INSECURE.key],
      declared: ['registries', name, 'insecure'],
      match: 'member',
      value: name,
    }));
  return [...desiredValuesIn([], daemon), ...lists, ...members];
}

export function isApplied(document: Document, desired: DesiredValue): boolean {
  if (desired.match === 'member')
    return missingEntries(document, INSECURE, [desired.value]).length === 0;
  const { path, value } = desired;
  const current = get(document, path);
  const [name] = path;
  if (path.length === 1 && name !== undefined)
    return sameMeaning(name, current, value ?? undefined);
  if (current === undefined) return value === null;
  return value !== null && isSame(current, value);
}

/** The document with the desired value in it; one that has it already is left as it is written. */
export function applyValue(document: Document, desired: DesiredValue): Document {
  if (isApplied(document, desired)) return document;
  if (desired.match === 'member') return addEntries(document, INSECURE, [desired.value]);
  const { path, value } = desired;
  return value === null ? remove(document, path) : set(document, path, value);
}

function desiredValuesIn(path: Path, values: JsonObject): DesiredValue[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const below = [...path, key];
    return isFilled(value)
      ? desiredValuesIn(below, value)
      : [equals(below, value, ['daemon', ...below])];
  });
}

function equals(path: Path, value: Json, declared: Path): DesiredValue {
  return { id: `daemon:${toPointer(path)}`, path, declared, match: 'equals', value };
}

function isFilled(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}
