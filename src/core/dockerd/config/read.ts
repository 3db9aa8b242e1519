import type { Json } from '../../formats/json/json-object.js';
import { decode, type Decoded } from '../../formats/json/syntax/encoding.js';
import type { Member, Node } from '../../formats/json/syntax/node.js';
import { parsePlain } from '../../formats/json/plain.js';
import { mistakesIn } from '../../formats/json/mistakes.js';
import {
  encodingProblem,
  problemOf,
  rootFault,
  type Problem,
} from '../../formats/json/mistakes/problem.js';
import type { JsonSource } from '../../formats/json/places.js';
import { scan } from '../../formats/json/syntax/scan.js';
import type { Shape } from '../options/keys/key.js';
import { keyNamed } from '../options/keys/keys.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';
import { decodedObject, memberShape, type Pairs } from './decode.js';

/** Engines that take the encoding apart, trim, and refuse what follows the value (moby#44777, config.go). */
const MODERN = '23..';

/** White space to Go's unicode.IsSpace: modern engines trim it around the text before they parse. */
const GO_SPACE =
  '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';

/** What a mistake prevents. A start and a reload check different things: see each rule. `containers`: dockerd takes it, and none starts. */
export type Stops = 'start' | 'reload' | 'both' | 'containers' | 'nothing';

/** Why the text is not what this engine reads, and whether that stops it. */
export interface ReadProblem {
  readonly problem: Pick<Problem, 'code' | 'message' | 'hint' | 'offset'>;
  readonly stops: Stops;
}

export interface Read {
  readonly text: string;
  /** Members of the root in the order of the file, those that stand twice too. Empty when the text cannot be read. */
  readonly pairs: Pairs;
  /** Strict JSON with the same members; null where there are none. */
  readonly source: JsonSource | null;
  /** The members with their places, where a name may stand twice in one object. */
  readonly members: readonly Member[];
  readonly problems: readonly ReadProblem[];
  /** Where an offset of `source` stands in `text`, where mistakes were read over. */
  readonly back?: (offset: number) => number;
}

/** The text as this engine's decoder takes it (moby daemon/config/config.go, getConflictFreeConfiguration). */
export function readConfig(bytes: Uint8Array, engine: EngineVersion): Read {
  const decoded = decode(bytes);
  const modern = inRange(engine, MODERN);
  const { text } = decoded;
  if (!decoded.ok && (modern || decoded.code !== 'invalid-utf-8')) {
    return stopped(text, encodingProblem(decoded));
  }
  if (!modern) {
    const refused = refusedByOld(decoded);
    if (refused !== null) return stopped(text, refused);
  }
  const encoding: ReadProblem[] = decoded.ok
    ? []
    : [{ problem: encodingProblem(decoded), stops: 'nothing' }];
  const read = modern ? readTrimmed(text) : readFirstValue(text);
  return { ...read, problems: [...encoding, ...read.problems] };
}

/**
 * The members as Go decodes them, one by one: its decoder refuses a wrong value also where a later one takes its place. A number
 * that is not spelt as an integer is NaN, because no key takes one; a plain decimal fraction stays, to be quoted.
 */
function pairsOf(text: string, members: readonly Member[]): Pairs {
  return members.map(({ key, value }) => [key, valueOf(text, value, keyNamed(key)?.shape)]);
}

/** The shape decides what becomes of a name that stands twice. */
function valueOf(text: string, node: Node, shape: Shape | undefined): Json {
  if (node.kind === 'object') return objectOf(text, node.members, shape);
  if (node.kind === 'array') {
    const each = typeof shape === 'object' && 'list' in shape ? shape.list : undefined;
    return node.items.map((item) => valueOf(text, item, each));
  }
  const source = text.slice(node.start, node.end);
  if (node.kind === 'number') return numberOf(source);
  // Most texts have no escapes, and JSON.parse costs.
  if (node.kind === 'string' && !source.includes('\\')) return source.slice(1, -1);
  return JSON.parse(source) as Json;
}

/** Most objects name each member once. */
function objectOf(text: string, members: readonly Member[], shape: Shape | undefined): Json {
  const object: Record<string, Json> = {};
  for (const { key, value } of members) {
    if (key === '__proto__' || Object.hasOwn(object, key)) return repeated(text, members, shape);
    object[key] = valueOf(text, value, memberShape(shape, key));
  }
  return object;
}

function repeated(text: string, members: readonly Member[], shape: Shape | undefined): Json {
  const pairs = members.map(
    ({ key, value }) => [key, valueOf(text, value, memberShape(shape, key))] as const,
  );
  return decodedObject(pairs, shape);
}

/** An int64, or a fraction as short as it is spelt; NaN for what is neither, and Infinity for what Go cannot even read as a float64. */
function numberOf(source: string): number {
  const value = Number(source);
  if (/^-?\d{1,15}$/.test(source)) return value;
  if (!Number.isFinite(value)) return Infinity;
  if (source.includes('.') && String(value) === source) return value;
  return /^-?\d{1,19}$/.test(source) && isInt64(BigInt(source)) ? value : NaN;
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function stopped(text: string, problem: ReadProblem['problem']): Read {
  return { ...nothing(text), problems: [{ problem, stops: 'both' }] };
}

function refusedByOld(decoded: Decoded): ReadProblem['problem'] | null {
  const { text } = decoded;
  if (/^[\t\n\r ]*$/.test(text)) {
    return {
      code: 'empty-file',
      message: 'the file is empty, which dockerd 20.10 refuses',
      hint: 'write {} into it, or delete it',
      offset: 0,
    };
  }
  if (decoded.ok && decoded.encoding !== 'utf-8') {
    return {
      code: 'byte-order-mark',
      message: `the file is ${decoded.encoding === 'utf-8-bom' ? 'UTF-8 with a byte order mark' : 'UTF-16'}, which dockerd 20.10 refuses`,
      hint: 'save it as UTF-8 without a byte order mark',
      offset: 0,
    };
  }
  return null;
}

function readTrimmed(text: string): Read {
  const start = new RegExp(`^\\ufeff?${GO_SPACE}`).exec(text)?.[0].length ?? 0;
  const body = trimEnd(text);
  const from = Math.min(start, body.length);
  const plain = readPlain(text, body, from);
  if (plain !== null) return plain;
  const scanned = scan(body, from);
  return scanned.ok ? ofRoot({ text, from }, scanned.root) : readOver(text, body, from);
}

/** A loop, because a regular expression anchored at the end is quadratic on long runs of spaces. */
function trimEnd(text: string): string {
  const space = new RegExp(`^${GO_SPACE}$`);
  let end = text.length;
  while (end > 0 && space.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Every mistake of the text, and the settings that stand there all the same: dockerd takes none of them. */
function readOver(text: string, body: string, from: number): Read {
  const found = mistakesIn(body, from);
  if (found === null) return nothing(text);
  const { meant, mistakes, back } = found;
  const problems = mistakes.map((problem): ReadProblem => ({ problem, stops: 'both' }));
  if (meant === null) return { ...nothing(text), problems };
  return { ...ofRoot({ text: meant.text, from: 0 }, meant.root), text, problems, back };
}

/** 20.10 reads one value and never looks at what follows it. */
function readFirstValue(text: string): Read {
  const plain = readPlain(text, text, 0);
  if (plain !== null) return plain;
  const scanned = scan(text);
  if (scanned.ok) return ofRoot({ text, from: 0 }, scanned.root);
  const problem = problemOf(text, scanned.fault);
  if (scanned.fault.expected !== 'end') return readOver(text, text, 0);
  const first = scan(text.slice(0, scanned.fault.previous));
  const read = first.ok ? ofRoot({ text, from: 0 }, first.root) : stopped(text, problem);
  return { ...read, problems: [...read.problems, { problem, stops: 'nothing' }] };
}

/** Most files are so, and places are seldom asked for. */
function readPlain(text: string, body: string, from: number): Read | null {
  const root = parsePlain(body.slice(from));
  if (root === null) return null;
  const pairs: [string, Json][] = [];
  // Object.entries takes three times as long on an object of many.
  for (const name in root) pairs.push([name, root[name] ?? null]);
  return { text, pairs, source: { text: body, from, once: true }, members: [], problems: [] };
}

function ofRoot(source: JsonSource, root: Node | null): Read {
  const { text } = source;
  if (root === null || root.kind === 'null') return nothing(text);
  if (root.kind === 'object') {
    const { members } = root;
    return { text, pairs: pairsOf(text, members), source, members, problems: [] };
  }
  return stopped(text, { ...rootFault(root), offset: root.start });
}

function nothing(text: string): Read {
  return { text, pairs: [], source: null, members: [], problems: [] };
}
