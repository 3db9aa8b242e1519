import { isObject, type Json } from '../../../formats/json/json-object.js';
import type { Shape } from '../../options/keys/key.js';

type Path = readonly (string | number)[];

/** The value in the type of its key, where it is plain what was meant; undefined where it is not. */
export function meantAs(value: Json, shape: Shape, path: Path): Json | undefined {
  if (typeof shape === 'string') return plainMeant(value, shape);
  if ('list' in shape) return listMeant(value, shape.list, path);
  const [key, , ...deeper] = path;
  if (key === 'log-opts' && path.length === 1) return optionsMeant(value);
  if (deeper.length > 0 || path.length !== 2) return undefined;
  if (key === 'runtimes' && typeof value === 'string' && /^[\w./-]+$/.test(value))
    return { path: value };
  return key === 'default-ulimits' ? limitMeant(value, String(path[1])) : undefined;
}

function plainMeant(value: Json, shape: string): Json | undefined {
  // A number that is no integer is not kept as it is spelt.
  const plain =
    typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value));
  if (shape === 'string') return plain ? JSON.stringify(value) : undefined;
  if (shape === 'boolean')
    return typeof value === 'object' ? undefined : BOOLEANS[String(value).trim().toLowerCase()];
  if (typeof value !== 'string') return undefined;
  const bare = value.trim();
  const fits = shape === 'unsigned' ? /^\d{1,15}$/ : /^-?\d{1,15}$/;
  return fits.test(bare) ? Number(bare) : undefined;
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
  if (of !== 'string' || typeof value !== 'string' || value === '') return undefined;
  const inner = value.trim().startsWith('[') ? listIn(value) : undefined;
  if (inner !== undefined) return inner;
  if (more.length > 0 || !OF_WORDS.includes(String(key))) return [value];
  const items = value.split(/[,;\s、，；]/).filter((item) => item !== '');
  return items.length > 1 ? items : [value];
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
