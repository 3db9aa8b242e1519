import { DockerctlError } from '../../../errors.js';
import { formatPath, type Path } from '../../formats/json/json-path.js';
import { scan } from '../../formats/json/syntax/scan.js';
import { isObject, type Json } from '../../formats/json/json-object.js';
import { PROXY_FLAGS } from './flag-table.js';
import { enginesOf, isKnown, keyNamed, nearestKey } from './keys/keys.js';
import type { Shape } from './keys/key.js';
import { type EngineVersion, formatVersion } from './keys/version.js';

/**
 * The type of what stands at a path of daemon.json. Throws `unknown-key` with the nearest known one, also for a key that
 * this engine does not have, and `invalid-value` for a path into what holds no keys.
 */
export function shapeAt(path: Path, engine: EngineVersion): Shape {
  const [name = '', ...rest] = path;
  const key = keyNamed(name);
  if (key === undefined) throw unknownKey(name);
  if (!isKnown(key, engine))
    throw new DockerctlError({
      code: 'unknown-key',
      message: `dockerd ${formatVersion(engine)} does not know ${name} (${enginesOf(key)}) and would not start with it.`,
      hint: '`dockerctl config schema` (the keys of this dockerd)',
    });
  return rest.reduce<Shape>((shape, step, index) => {
    const inner = innerShape(shape, step);
    if (inner !== undefined) return inner;
    throw noSuchMember(path, { depth: index + 1, shape });
  }, key.shape);
}

/**
 * The words of a command line as JSON text of this type: a word that is JSON of the type is taken as it is written, else
 * it is a text where a text can stand; several words are the entries of a list. Throws `invalid-value` with what is
 * expected.
 */
export function readValue(path: Path, shape: Shape, words: readonly string[]): string {
  const [word] = words;
  if (word !== undefined && words.length === 1) {
    const single = readWord(shape, word);
    if (single !== null) return single;
  }
  if (typeof shape === 'object' && 'list' in shape) {
    const entries = words.map((entry) => readWord(shape.list, entry));
    if (!entries.includes(null)) return `[${entries.join(',')}]`;
  }
  const name = formatPath(path);
  const { what, example } = describe(shape);
  const own = path.length === 1 ? exampleOf(name) : null;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${name} takes ${what}, not ${JSON.stringify(words.join(' ').slice(0, 100))}.`,
    hint: `dockerctl config set ${name}${own ?? example}`,
  });
}

/** As `readValue` where key and words fit our table; else JSON where it is JSON, a text where not, and several a list. */
export function readLoosely(path: Path, engine: EngineVersion, words: readonly string[]): string {
  try {
    return readValue(path, shapeAt(path, engine), words);
  } catch {
    const values = words.map((word) =>
      parseJson(word) === undefined ? JSON.stringify(word) : word,
    );
    return values.length === 1 ? (values[0] ?? '') : `[${values.join(',')}]`;
  }
}

function readWord(shape: Shape, word: string): string | null {
  const value = parseJson(word);
  if (value !== undefined && conforms(shape, value)) return word;
  return shape === 'string' ? JSON.stringify(word) : null;
}

/** undefined for what is no JSON. */
function parseJson(word: string): Json | undefined {
  const scanned = scan(word);
  return scanned.ok && scanned.root !== null ? (JSON.parse(word) as Json) : undefined;
}

function conforms(shape: Shape, value: Json): boolean {
  if (typeof shape === 'string') return SCALARS[shape](value);
  if ('list' in shape)
    return Array.isArray(value) && value.every((item: Json) => conforms(shape.list, item));
  if (!isObject(value)) return false;
  return Object.entries(value).every(([name, member]) => {
    const inner = innerShape(shape, name);
    return inner !== undefined && conforms(inner, member);
  });
}

const SCALARS: Readonly<Record<Extract<Shape, string>, (value: Json) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  unsigned: (value) => Number.isInteger(value) && Number(value) >= 0,
  string: (value) => typeof value === 'string',
};

/** Names of fields are matched without regard to case, as Go's decoder does. */
function innerShape(shape: Shape, step: string): Shape | undefined {
  if (typeof shape === 'string') return undefined;
  if ('list' in shape) return /^\d+$/.test(step) ? shape.list : undefined;
  if ('map' in shape) return shape.map;
  return Object.entries(shape.fields).find(
    ([name]) => name.toLowerCase() === step.toLowerCase(),
  )?.[1];
}

interface Description {
  readonly what: string;
  /** What follows the key on the command line. */
  readonly example: string;
}

const DESCRIPTIONS: Readonly<Record<Extract<Shape, string>, Description>> = {
  boolean: { what: 'true or false', example: ' true' },
  integer: { what: 'a whole number', example: ' 10' },
  unsigned: { what: 'a whole number, 0 or more', example: ' 10' },
  string: { what: 'a text', example: ' TEXT' },
};

/** A value that dockerd takes for this key; null where a value of its type alone is known. */
function exampleOf(name: string): string | null {
  const { example, default: usual } = keyNamed(name) ?? {};
  const value = example ?? usual;
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
    ? ` ${value}`
    : null;
}

const ULIMIT = ` '{"Name":"nofile","Soft":65536,"Hard":65536}'`;

function describe(shape: Shape): Description {
  if (typeof shape === 'string') return DESCRIPTIONS[shape];
  if ('list' in shape) {
    const { what, example } = describe(shape.list);
    return { what: `a list, each entry ${what}`, example: `${example}${example}` };
  }
  if ('map' in shape) {
    const { what, example } = describe(shape.map);
    return { what: `an object, each value ${what}`, example: `.NAME${example}` };
  }
  const [name = 'NAME'] = Object.keys(shape.fields);
  const value = valueIn(shape.fields[name] ?? 'string');
  return {
    what: `an object of ${Object.keys(shape.fields).join(', ')}`,
    // A limit of 10 would be taken, and would stop containers.
    example: 'Soft' in shape.fields ? ULIMIT : ` '${JSON.stringify({ [name]: value })}'`,
  };
}

/** A value of this type. */
function valueIn(shape: Shape): Json {
  if (typeof shape === 'string') return VALUES[shape];
  return 'list' in shape ? [valueIn(shape.list)] : {};
}

const VALUES: Readonly<Record<Extract<Shape, string>, Json>> = {
  boolean: true,
  integer: 10,
  unsigned: 10,
  string: 'TEXT',
};

function unknownKey(name: string): DockerctlError {
  const nearest = PROXY_FLAGS.includes(name) ? `proxies.${name}` : nearestKey(name);
  return new DockerctlError({
    code: 'unknown-key',
    message: `${JSON.stringify(name.slice(0, 64))} is not a key of daemon.json${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    hint:
      nearest === undefined
        ? '`dockerctl config schema` (the keys of this dockerd)'
        : `dockerctl config set ${nearest} …`,
  });
}

function noSuchMember(
  path: Path,
  { depth, shape }: { readonly depth: number; readonly shape: Shape },
): DockerctlError {
  const at = formatPath(path.slice(0, depth));
  const quoted = formatPath([...path.slice(0, depth - 1), path.slice(depth - 1).join('.')]);
  return new DockerctlError({
    code: 'unknown-key',
    message: `${at} is ${describe(shape).what} and has no ${formatPath(path.slice(depth))}.`,
    hint:
      shape === 'string' && depth > 1
        ? `quote a key that has dots: '${quoted}'`
        : `dockerctl config get ${at}`,
  });
}
