import { BOM, decode, encode, type Encoding } from './syntax/encoding.js';
import type { Node } from './syntax/node.js';
import {
  encodingProblem,
  type Problem,
  problemAt,
  problemOf,
  rootFault,
} from './mistakes/problem.js';
import { placeOf } from './syntax/place.js';
import { parsePlain } from './plain.js';
import { scan } from './syntax/scan.js';

/** A strict JSON text and where its values stand in it. Immutable: an edit gives a new one. */
export interface Document {
  /** The whole file, its BOM included as U+FEFF. */
  readonly text: string;
  readonly encoding: Encoding;
  /** The root object; null when the file is empty, blank or the literal `null`: dockerd reads these as no settings. */
  readonly root: Extract<Node, { kind: 'object' }> | null;
}

export type ParsedDocument =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/** Nobody reads more, and each costs a walk to its line. */
const MOST_PROBLEMS = 10;

/**
 * Reads a configuration file as dockerd does (moby daemon/config/config.go, getConflictFreeConfiguration): one strict
 * JSON object in UTF-8 or UTF-16 with BOM. A missing file (null), an empty one and `null` are the empty object.
 * Stricter than dockerd in one thing: a key that stands twice is refused, because nobody can say which one was meant.
 * Never throws.
 */
export function parseDocument(bytes: Uint8Array | null): ParsedDocument {
  const decoded = decode(bytes ?? new Uint8Array());
  return decoded.ok
    ? parseText(decoded.text, decoded.encoding)
    : { ok: false, problems: [encodingProblem(decoded)] };
}

/** As `parseDocument`, from text that is already decoded. */
export function parseText(text: string, encoding: Encoding = 'utf-8'): ParsedDocument {
  const scanned = scan(text, text.startsWith(BOM) ? 1 : 0);
  if (!scanned.ok) return { ok: false, problems: [problemOf(text, scanned.fault)] };
  const { root } = scanned;
  if (root !== null && root.kind !== 'object' && root.kind !== 'null')
    return { ok: false, problems: [wrongRoot(text, root)] };
  const [first, ...more] = (root === null ? [] : duplicateKeys(root))
    .slice(0, MOST_PROBLEMS)
    .map((duplicate) => duplicateProblem(text, duplicate));
  if (first !== undefined) return { ok: false, problems: [first, ...more] };
  return { ok: true, document: { text, encoding, root: root?.kind === 'object' ? root : null } };
}

/** Whether `parseDocument` reads it. Of most files JSON.parse tells, at a fraction of the cost. */
export function isDocument(bytes: Uint8Array): boolean {
  const decoded = decode(bytes);
  if (!decoded.ok) return false;
  return parsePlain(decoded.text) !== null || parseText(decoded.text, decoded.encoding).ok;
}

/** The bytes of the file. */
export function bytesOf({ text, encoding }: Document): Uint8Array {
  return encode(text, encoding);
}

function wrongRoot(text: string, root: Node): Problem {
  return problemAt(text, root.start, rootFault(root));
}

interface Duplicate {
  readonly key: string;
  readonly start: number;
  readonly first: number;
}

function duplicateKeys(node: Node): Duplicate[] {
  if (node.kind === 'array') return node.items.flatMap(duplicateKeys);
  if (node.kind !== 'object') return [];
  const seen = new Map<string, number>();
  return node.members.flatMap(({ key, start, value }) => {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, start);
    const inside = duplicateKeys(value);
    return first === undefined ? inside : [{ key, start, first }, ...inside];
  });
}

function duplicateProblem(text: string, { key, start, first }: Duplicate): Problem {
  const { line, column } = placeOf(text, first);
  return problemAt(text, start, {
    code: 'duplicate-key',
    message: `${JSON.stringify(key)} stands twice: already at line ${line}, column ${column}; dockerd takes the last`,
    hint: 'join the two into one, or remove one of them',
  });
}
