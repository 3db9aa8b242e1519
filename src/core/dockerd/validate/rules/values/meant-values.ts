import { isObject, type Json, type JsonObject } from '../../../../formats/json/json-object.js';
import type { Shape } from '../../../options/keys/key.js';

type Path = readonly (string | number)[];

/** The value in the type of its key, where it is plain what was meant; undefined where it is not. */
export function meantAs(value: Json, shape: Shape, path: Path): Json | undefined {
  if (typeof shape === 'string') return plainMeant(value, shape, path);
  if ('list' in shape) return listMeant(value, shape.list, path);
  const [key, , ...deeper] = path;
  const ofObject = objectMeant(value, path);
  if (ofObject !== undefined) return ofObject;
  if (deeper.length > 0 || path.length !== 2) return undefined;
  if (key === 'runtimes' && typeof value === 'string' && /^[\w./-]+$/.test(value))
    return { path: value };
  return key === 'default-ulimits' ? limitMeant(value, String(path[1])) : undefined;
}

function plainMeant(value: Json, shape: string, path: Path): Json | undefined {
  if (shape === 'string') return textMeant(value);
  if (shape === 'boolean')
    return typeof value === 'object' ? undefined : BOOLEANS[String(value).trim().toLowerCase()];
  if (typeof value !== 'string') return undefined;
  const bare = value.trim();
  const [, count, unit] = TIME.exec(bare) ?? [];
  if (count !== undefined && String(path.at(-1)).endsWith('-timeout'))
    return Number(count) * (unit?.startsWith('m') === true ? 60 : 1);
  const fits = shape === 'unsigned' ? /^\d{1,15}$/ : /^-?\d{1,15}$/;
  return fits.test(bare) ? Number(bare) : undefined;
}

/** A time, where dockerd counts seconds. */
const TIME = /^(\d{1,9})\s?(s|secs?|seconds?|m|mins?|minutes?)$/i;

/** What has one spelling, and the one item of a list. */
function textMeant(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const [item, ...more] = value as readonly Json[];
    return typeof item === 'string' && more.length === 0 ? item : undefined;
  }
  // Beyond that a number is not kept as it is spelt.
  const plain =
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 2 ** 53);
  return plain ? JSON.stringify(value) : undefined;
}

/** Objects that people write as flags have them, as a list, or as the one switch inside. */
function objectMeant(value: Json, path: Path): Json | undefined {
  switch (path.join('.')) {
    case 'log-opts':
      return optionsMeant(value);
    case 'features':
      return switchesMeant(value);
    case 'nri-opts':
      return typed(optionsMeant(value));
    case 'builder.gc':
      return typeof value === 'boolean' ? { enabled: value } : undefined;
    case 'runtimes':
      return namedMeant(value, 'name', false);
    case 'default-ulimits':
      return namedMeant(value, 'Name', true);
    default:
      return path.length === 2 && path[0] === 'default-network-opts' && Array.isArray(value)
        ? optionsMeant(value)
        : undefined;
  }
}

/** `buildkit`, `buildkit=true`, or a list of them. */
function switchesMeant(value: Json): Json | undefined {
  const given = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const pairs = (given as readonly Json[]).map((item) =>
    typeof item === 'string' ? /^\s*([a-z][a-z-]*)(?:=(true|false))?\s*$/.exec(item) : null,
  );
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] !== 'false']));
}

/** With the booleans of a flag as booleans. */
function typed(options: Json | undefined): Json | undefined {
  if (!isObject(options)) return undefined;
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === 'string' ? (BOOLEANS[value] ?? value) : value,
    ]),
  );
}

/** A list of objects that each hold the name which an object has outside. */
function namedMeant(value: Json, member: string, stays: boolean): Json | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const items = value as readonly Json[];
  const named = items.map((item) => {
    const name = isObject(item) ? item[member] : undefined;
    return typeof name === 'string' ? name : '';
  });
  if (named.includes('') || new Set(named).size < named.length) return undefined;
  return Object.fromEntries(
    items.map((item, index) => {
      const { [member]: name, ...others } = item as JsonObject;
      return [named[index] ?? '', stays ? { [member]: name ?? null, ...others } : others];
    }),
  );
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, 1: true },
  ...{ false: false, no: false, off: false, 0: false },
};

/** Lists whose items have neither commas nor spaces in them. */
const OF_WORDS: readonly string[] = [
  'dns',
  'dns-search',
  'hosts',
  'insecure-registries',
  'registry-mirrors',
];

function listMeant(value: Json, of: Shape, [key = '', ...more]: Path): Json | undefined {
  if (typeof of === 'object') return 'fields' in of && isObject(value) ? [value] : undefined;
  if (of === 'string' && more.length === 0 && OF_PAIRS.includes(String(key))) {
    const pairs = pairsMeant(value);
    if (pairs !== undefined) return pairs;
  }
  if (of !== 'string' || typeof value !== 'string' || value === '') return undefined;
  const inner = value.trim().startsWith('[') ? listIn(value) : undefined;
  if (inner !== undefined) return inner;
  if (more.length > 0 || !OF_WORDS.includes(String(key))) return [value];
  const items = value.split(/[,;\s、，；]/).filter((item) => item !== '');
  return items.length > 1 ? items : [value];
}

/** Lists of `name=value`. */
const OF_PAIRS: readonly string[] = [
  'exec-opts',
  'labels',
  'node-generic-resources',
  'storage-opts',
];

/** An object in place of such a list. */
function pairsMeant(value: Json): Json | undefined {
  if (!isObject(value)) return undefined;
  const pairs = Object.entries(value);
  const isPlain = pairs.every(([, one]) => one !== null && typeof one !== 'object');
  return isPlain && pairs.length > 0
    ? pairs.map(([name, one]) => `${name}=${typeof one === 'string' ? one : JSON.stringify(one)}`)
    : undefined;
}

/** The list that a text holds as JSON. */
function listIn(text: string): readonly string[] | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) && value.every((item) => typeof item === 'string')
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}

/** `max-size=10m`, as flags have it. */
function optionsMeant(value: Json): Json | undefined {
  const given: Json = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const pairs = (given as readonly Json[]).map((item) =>
    typeof item === 'string' ? /^\s*([\w.-]+)=(\S*)\s*$/.exec(item) : null,
  );
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

/** `1024:2048` or a number, as the flag has them. */
function limitMeant(value: Json, name: string): Json | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const [, soft, hard] =
    typeof text === 'string' ? (/^(-?\d{1,15})(?::(-?\d{1,15}))?$/.exec(text) ?? []) : [];
  return soft === undefined
    ? undefined
    : { Name: name, Hard: Number(hard ?? soft), Soft: Number(soft) };
}
