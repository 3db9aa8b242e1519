import type { z } from 'zod';
import { DockerctlError } from '../../errors.js';
import { isSame } from '../formats/json/difference.js';
import { locate } from '../formats/json/locate.js';
import { isObject, type Json, type JsonObject } from '../formats/json/json-object.js';
import { formatPath, type Path } from '../formats/json/json-path.js';
import { parseSettings } from '../formats/json/json5-settings.js';
import { nearest } from '../text/suggest.js';
import { printable } from '../text/printable.js';
import { DECLARATION, type Declaration, keysAt } from './schema.js';

/** One file of a declaration, as text. */
export interface DeclarationSource {
  readonly path: string;
  readonly text: string;
}

interface ParsedDeclaration extends DeclarationSource {
  readonly value: JsonObject;
}

/**
 * The declaration of all its files: objects are joined, and what two files say differently is an error. No files: one
 * that declares nothing. Throws `invalid-declaration` with `path:line:column`; `details.problems` has all of them.
 */
export function parseDeclaration(sources: readonly DeclarationSource[]): Declaration {
  const files = sources.map(parse);
  const merged = files.reduce<JsonObject>(
    (whole, file) => join(whole, file.value, { path: [], file, files }) as JsonObject,
    {},
  );
  const result = DECLARATION.safeParse(merged);
  if (result.success) return result.data;
  throw declarationError(result.error.issues.flatMap(complaintsOf), files);
}

function complaintsOf(issue: z.core.$ZodIssue): Complaint[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: unknown(key, path) }));
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message }));
  return [{ path, message: issue.message }];
}

const UNKNOWN = 'is not known here';

function unknown(key: string, path: Path): string {
  const meant = nearest(key, keysAt(DECLARATION, path));
  return meant === undefined ? UNKNOWN : `${UNKNOWN}; the nearest is ${meant}`;
}

/** Nothing is managed: what an emptied or half-written file says, too. */
export function declaresNothing({
  daemon,
  mirrors,
  insecure,
  registries,
  cas,
  certificates,
}: Declaration): boolean {
  const tables = [daemon, registries, cas, certificates];
  return (
    mirrors === undefined &&
    insecure === undefined &&
    tables.every((table) => Object.keys(table).length === 0)
  );
}

function parse({ path, text }: DeclarationSource): ParsedDeclaration {
  const value = text.trim() === '' ? {} : parseSettings(text, path);
  if (isObject(value)) return { path, text, value };
  throw new DockerctlError({
    code: 'invalid-declaration',
    message: `${path}:1:1: a declaration is an object, { … }.`,
    hint: 'put what you declare between { and }',
  });
}

interface Joining {
  readonly path: Path;
  readonly file: ParsedDeclaration;
  readonly files: readonly ParsedDeclaration[];
}

function join(whole: Json, part: Json, at: Joining): Json {
  if (isObject(whole) && isObject(part)) {
    const joined: Record<string, Json> = { ...whole };
    for (const [key, value] of Object.entries(part)) {
      const path = [...at.path, key];
      if (key === '__proto__') throw declarationError([{ path, message: UNKNOWN }], [at.file]);
      const known = Object.hasOwn(joined, key) ? joined[key] : undefined;
      joined[key] = join(known ?? (isObject(value) ? {} : value), value, { ...at, path });
    }
    return joined;
  }
  if (isSame(whole, part)) return whole;
  const earlier = at.files.find((file) => locate(file.text, at.path).depth === at.path.length);
  const message = `is said differently in ${earlier?.path ?? 'another file'}`;
  throw declarationError([{ path: at.path, message }], [at.file]);
}

interface Complaint {
  readonly path: Path;
  readonly message: string;
}

/** For each its place is looked up in the whole text, and nobody reads more. */
const MOST_PROBLEMS = 10;

function declarationError(
  complaints: readonly Complaint[],
  files: readonly ParsedDeclaration[],
): DockerctlError {
  const problems = complaints
    .slice(0, MOST_PROBLEMS)
    .map((complaint) => problemOf(complaint, files));
  const lines = problems.map(
    ({ path, line, column, message }) => `${path}:${line}:${column}: ${message}`,
  );
  const first = problems[0];
  return new DockerctlError({
    code: 'invalid-declaration',
    message: [...lines.slice(0, 1), ...(first ? [first.snippet] : []), ...lines.slice(1)].join(
      '\n',
    ),
    hint: `correct ${first?.path ?? 'the declaration'}`,
    details: { problems },
  });
}

/** The file that says most of the path is the one that is wrong. */
function problemOf({ path, message }: Complaint, files: readonly ParsedDeclaration[]) {
  const found = files
    .map((file) => ({ file, ...locate(file.text, path) }))
    .reduce<{
      file: ParsedDeclaration;
      depth: number;
      place: ReturnType<typeof locate>['place'];
    } | null>((best, one) => (best === null || one.depth > best.depth ? one : best), null);
  const place = found?.place ?? { line: 1, column: 1, snippet: '' };
  const name = path.length === 0 ? 'the declaration' : formatPath(path);
  return {
    path: found?.file.path ?? 'the declaration',
    ...place,
    message: `${printable(name)}: ${printable(message)}`,
  };
}
