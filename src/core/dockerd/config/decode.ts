import { entriesOf, isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import type { Shape } from '../options/keys/key.js';
import { keyNamed } from '../options/keys/keys.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';

/** Names and values in the order of the text, those that stand twice too. */
export type Pairs = readonly (readonly [string, Json])[];

/**
 * The settings as Go's decoder has them at the end (encoding/json, object): it goes through the members in order, finds the field
 * of a struct without regard to case, and where it meets one again it goes on with what is there. So of `base` and `Base` the last
 * counts, and of `gc` and `GC` the members of both, but for an engine that decodes such a struct anew. `last`: of each name the last.
 */
export function decodedConfig(
  pairs: Pairs,
  engine: EngineVersion,
  last: ReadonlyMap<string, Json> = new Map(pairs),
): ReadonlyMap<string, Json> {
  if (last.size === pairs.length) {
    // Most files name each key once, and most values stay as they are.
    let made: Map<string, Json> | undefined;
    for (const [name, value] of pairs) {
      if (typeof value !== 'object' || value === null) continue;
      const one = decoded([value], keyNamed(name)?.shape, engine);
      if (one !== value) (made ??= new Map(last)).set(name, one);
    }
    return made ?? last;
  }
  const values = new Map<string, Json[]>();
  for (const [name, value] of pairs) add(values, name, value);
  return new Map(
    [...values].map(([name, all]) => [name, decoded(all, keyNamed(name)?.shape, engine)]),
  );
}

/** An object in which names stand twice, as Go's decoder makes it for a value of this shape on every engine; undefined where no key has it. */
export function decodedObject(pairs: Pairs, shape: Shape | undefined): Json {
  return typeof shape === 'object' && 'fields' in shape
    ? decodedFields(pairs, shape.fields, undefined)
    : Object.fromEntries(pairs);
}

/** The shape of a member of this name. */
export function memberShape(shape: Shape | undefined, name: string): Shape | undefined {
  if (typeof shape !== 'object') return undefined;
  if ('map' in shape) return shape.map;
  return 'fields' in shape ? shape.fields[fieldNamed(shape.fields, name) ?? ''] : undefined;
}

/** The field that Go's decoder fills from a member of this name: the name itself, else without regard to case. */
export function fieldNamed(fields: Fields, member: string): string | undefined {
  if (Object.hasOwn(fields, member)) return member;
  let folded = FOLDED.get(fields);
  if (folded === undefined) {
    folded = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]));
    FOLDED.set(fields, folded);
  }
  return folded.get(member.toLowerCase());
}

/** The names of fields in small letters: a list may have ten thousand objects of the same shape. */
const FOLDED = new WeakMap<Fields, ReadonlyMap<string, string>>();

type Fields = Readonly<Record<string, Shape>>;

function add(values: Map<string, Json[]>, name: string, value: Json): void {
  const before = values.get(name);
  if (before === undefined) values.set(name, [value]);
  else before.push(value);
}

/** What a field holds once it was given all of these, one after the other. */
function decoded(
  given: readonly Json[],
  shape: Shape | undefined,
  engine: EngineVersion | undefined,
): Json {
  const last = given.at(-1) ?? null;
  const values = isMadeAnew(shape, engine) ? [last] : given;
  if (typeof shape === 'object' && 'list' in shape)
    return Array.isArray(last) ? listOf(last as readonly Json[], shape.list, engine) : last;
  if (!isObject(last)) return last;
  const objects = values.filter(isObject);
  if (typeof shape !== 'object')
    return objects.length === 1 ? last : Object.fromEntries(objects.flatMap(entriesOf));
  // An element of a map is made anew.
  if ('map' in shape)
    return objects.length === 1
      ? mapOf(last, shape.map, engine)
      : mapOf(Object.fromEntries(objects.flatMap(entriesOf)), shape.map, engine);
  return objects.length === 1 && isPlain(last, shape.fields, engine)
    ? last
    : decodedFields(objects.flatMap(entriesOf), shape.fields, engine);
}

/** What is as it was stays the same value. */
function listOf(items: readonly Json[], shape: Shape, engine: EngineVersion | undefined): Json {
  if (typeof shape === 'string') return items;
  const made = items.map((item) => decoded([item], shape, engine));
  return made.every((item, index) => item === items[index]) ? items : made;
}

function mapOf(members: JsonObject, shape: Shape, engine: EngineVersion | undefined): JsonObject {
  if (typeof shape === 'string') return members;
  let made: Record<string, Json> | undefined;
  for (const name in members) {
    const member = members[name] ?? null;
    const one = decoded([member], shape, engine);
    if (one !== member) (made ??= { ...members })[name] = one;
  }
  return made ?? members;
}

/** Names that are no field stay as they are. */
function decodedFields(
  pairs: Pairs,
  fields: Fields,
  engine: EngineVersion | undefined,
): JsonObject {
  const values = new Map<string, Json[]>();
  for (const [given, value] of pairs) {
    const name = fieldNamed(fields, given) ?? given;
    // null leaves a text, a number and a struct as they are.
    const isKept = value === null && values.has(name) && !isEmptied(fields[name], engine);
    if (!isKept) add(values, name, value);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, decoded(all, fields[name], engine)]),
  );
}

function isEmptied(shape: Shape | undefined, engine: EngineVersion | undefined): boolean {
  return typeof shape === 'object' && (!('fields' in shape) || isMadeAnew(shape, engine));
}

/** Of a member that is given twice nothing stays of what was given first. */
export function isMadeAnew(shape: Shape | undefined, engine: EngineVersion | undefined): boolean {
  if (typeof shape !== 'object' || !('fields' in shape) || shape.anew === undefined) return false;
  return engine !== undefined && inRange(engine, shape.anew);
}

/** Every name is as the field has it, and so are those inside. */
function isPlain(members: JsonObject, fields: Fields, engine: EngineVersion | undefined): boolean {
  for (const name in members) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape === undefined && fieldNamed(fields, name) !== undefined) return false;
    const member = members[name] ?? null;
    if (typeof shape === 'object' && decoded([member], shape, engine) !== member) return false;
  }
  return true;
}
