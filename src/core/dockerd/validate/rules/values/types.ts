import type { Json, JsonObject } from '../../../../formats/json/json-object.js';
import { fieldNamed } from '../../../config/decode.js';
import { isFlattened } from '../../../options/config-set.js';
import { isIgnored, isKnown, keyFolded, keyNamed } from '../../../options/keys/keys.js';
import type { Shape } from '../../../options/keys/key.js';
import { meantAs } from './meant-values.js';
import { exampleHint } from './value-examples.js';
import { editPath, problemsOf, quote, type DecodedConfig, type RuleProblem } from '../rule.js';

type Path = readonly (string | number)[];

/** Values that Go's decoder refuses (encoding/json UnmarshalTypeError). null fits everywhere. */
export function checkTypes(candidate: DecodedConfig): RuleProblem[] {
  return problemsOf(candidate.members, ([name, value]) => {
    const known = keyNamed(name);
    if (known !== undefined && value !== null && conforms(value, known.shape)) return [];
    if (known === undefined && typeof value !== 'object' && value !== Infinity) return [];
    const huge = overflow(value, [name]);
    if (huge !== null) return [huge];
    const flattened = isFlattened(value, { name, engine: candidate.engine });
    // Its name is never looked at, and yet the decoder fills a field from it.
    const key = flattened ? keyFolded(name) : known;
    if (flattened && FIELDS_WITHOUT_KEY.includes(name.toLowerCase()))
      return mismatches(value, 'string', [name]);
    if (key === undefined || !isKnown(key, candidate.engine)) return [];
    if (isIgnored(key, candidate.engine)) return [];
    if (value === null && key.notNull) return [mismatch(value, key.shape, [name])];
    const problems = mismatches(value, key.shape, [name]);
    // An object where none belongs is reported for its members' names first, unless it has none.
    const named = flattened && problems.some(({ path }) => path.length === 1);
    return named && Object.keys(value).length > 0 ? problems.slice(0, 1) : problems;
  });
}

/** Fields of moby's Config that no flag stands for: as keys they are unknown, but an object goes on to the decoder. None takes one. */
const FIELDS_WITHOUT_KEY: readonly string[] = [
  'containerd-plugin-namespace',
  'default-init',
  'resolv-conf',
  'swarm-raft-election-tick',
  'swarm-raft-heartbeat-tick',
];

/** Nothing is wrong with it: most values are, and paths cost more than the look. */
function conforms(value: Json, shape: Shape): boolean {
  if (value === null) return true;
  if (!fits(value, shape)) return false;
  if (typeof value !== 'object' || typeof shape !== 'object') return true;
  if ('list' in shape) {
    for (const item of value as readonly Json[]) if (!conforms(item, shape.list)) return false;
    return true;
  }
  const members = value as JsonObject;
  return 'fields' in shape
    ? fieldsConform(members, shape.fields)
    : membersConform(members, shape.map);
}

function membersConform(members: JsonObject, shape: Shape): boolean {
  // Object.values takes three times as long on an object of many.
  for (const name in members) if (!conforms(members[name] ?? null, shape)) return false;
  return true;
}

function fieldsConform(value: JsonObject, fields: Fields): boolean {
  for (const name in value) {
    const field = fieldShape(fields, name);
    const member = value[name] ?? null;
    if (!(field === undefined ? overflow(member, []) === null : conforms(member, field)))
      return false;
  }
  return true;
}

type Fields = Readonly<Record<string, Shape>>;

function fieldShape(fields: Fields, name: string): Shape | undefined {
  return fields[fieldNamed(fields, name) ?? ''];
}

/** Where a number stands that is beyond a float64: no decoder takes it, whatever the key (encoding/json, convertNumber). */
function overflow(value: Json, path: Path): RuleProblem | null {
  const below = overflowBelow(value);
  if (below === null) return null;
  const place = [...path, ...below];
  return {
    code: 'wrong-type',
    path: place,
    message: `${place.join('.')} is a number too large for any key`,
    hint: 'write a smaller number',
  };
}

/** Its path, made on the way back: a value may be two hundred levels deep, and have none. */
function overflowBelow(value: Json): Path | null {
  if (value === Infinity) return [];
  if (value === null || typeof value !== 'object') return null;
  const isList = Array.isArray(value);
  const members = value as JsonObject;
  // Object.entries takes three times as long on an object of many.
  for (const name in members) {
    const member = members[name] ?? null;
    if (typeof member !== 'object' && member !== Infinity) continue;
    const found = overflowBelow(member);
    if (found !== null) return [isList ? Number(name) : name, ...found];
  }
  return null;
}

function mismatches(value: Json, shape: Shape, path: Path): RuleProblem[] {
  return value === null || fits(value, shape)
    ? inner(value, shape, path)
    : [mismatch(value, shape, path)];
}

function mismatch(value: Json, shape: Shape, path: Path): RuleProblem {
  return {
    code: 'wrong-type',
    path,
    message: `${path.join('.')} must be ${wordsOf(shape)}, and this is ${wordsOfValue(value)}`,
    ...correction(value, shape, path),
  };
}

function fits(value: Json, shape: Shape): boolean {
  switch (shape) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'unsigned':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0;
    default:
      return typeof value === 'object' && Array.isArray(value) === 'list' in shape;
  }
}

function inner(value: Json, shape: Shape, path: Path): RuleProblem[] {
  if (value === null || typeof value !== 'object' || typeof shape !== 'object') return [];
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return 'list' in shape
      ? problemsOf(items, (item, index) => mismatches(item, shape.list, [...path, index]))
      : [];
  }
  const members = Object.entries(value as JsonObject);
  if ('map' in shape)
    return problemsOf(members, ([name, member]) => mismatches(member, shape.map, [...path, name]));
  if ('list' in shape) return [];
  return problemsOf(members, ([name, member]) => {
    const field = fieldShape(shape.fields, name);
    return field === undefined ? [] : mismatches(member, field, [...path, name]);
  });
}

function wordsOf(shape: Shape): string {
  if (shape === 'boolean') return 'true or false';
  if (shape === 'string') return 'a text';
  if (shape === 'integer' || shape === 'unsigned') return 'a whole number';
  if ('list' in shape) return shape.list === 'string' ? 'a list of texts' : 'a list';
  return 'an object';
}

function wordsOfValue(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  if (typeof value === 'string') return `the text ${quote(value)}`;
  return Number.isNaN(value)
    ? 'a number that is no 64-bit integer'
    : `the ${typeof value} ${String(value)}`;
}

/** The value in the other type, where it is plain what was meant. */
function correction(value: Json, shape: Shape, path: Path): Pick<RuleProblem, 'hint' | 'fix'> {
  const meant = isLong(value) ? undefined : meantAs(value, shape, path);
  // Bytes to dockerd, and to nobody who writes 10.
  if (path.join('.') === 'log-opts.max-size' && typeof value === 'number' && value < 1024)
    return { hint: `write ${JSON.stringify(`${value}m`)} for megabytes; a number alone is bytes` };
  const example = () => exampleHint(value, wordsOf(shape), path);
  if (meant === undefined) return { hint: example() };
  const without = typeof value === 'string' && typeof meant !== 'object' ? ', without quotes' : '';
  const quotes = typeof meant === 'string' ? ', in double quotes' : without;
  const written = JSON.stringify(meant);
  return {
    hint: written.length > MOST_WRITTEN ? example() : `write ${written}${quotes}`,
    fix: { set: editPath(path), to: meant },
  };
}

/** Characters of a value that anybody copies from a hint; `--fix` writes what is longer. */
const MOST_WRITTEN = 300;
/** Members, or characters: nobody wrote more by hand. */
const MOST_MEANT = 5000;

function isLong(value: Json): boolean {
  if (typeof value === 'string') return value.length > MOST_MEANT;
  return typeof value === 'object' && Object.keys(value ?? {}).length > MOST_MEANT;
}
