import { isSame } from '../formats/json/difference.js';
import { locate } from '../formats/json/locate.js';
import { isObject, type Json, type JsonObject } from '../formats/json/json-object.js';
import { formatPath, type Path } from '../formats/json/json-path.js';
import { formatSettings, parseSettings } from '../formats/json/json5-settings.js';
import type { DeclarationSource } from './declaration.js';

/** What a command makes of what is declared at a path, given what is; undefined: nothing. */
export interface DeclaredStatement {
  readonly path: Path;
  /** Another place where the same may be declared. */
  readonly also?: Path;
  readonly say: (declared: Json | undefined) => Json | undefined;
}

export interface Recorded {
  /** Of the file of ours among the sources; null where it need not change. */
  readonly text: string | null;
  /** What is declared elsewhere, and otherwise: nobody but its author may change that. */
  readonly notes: readonly string[];
}

/** The statements go into the file `own`, which no person writes: what a file of theirs says otherwise is left to them. */
export function record(
  sources: readonly DeclarationSource[],
  own: string,
  statements: readonly DeclaredStatement[],
): Recorded {
  const theirs = sources.filter(({ path }) => path !== own);
  const mine = sources.find(({ path }) => path === own);
  const known = (mine ? parseSettings(mine.text, own) : {}) as JsonObject;
  const notes: string[] = [];
  let value = known;
  for (const { path, also = path, say } of statements) {
    const place = placeOf(theirs, path) ?? placeOf(theirs, also);
    if (place === null) value = withValue(value, path, say(valueAt(value, path)));
    else if (!same(place.value, say(place.value)))
      notes.push(`not recorded: ${formatPath(path)} is declared otherwise at ${place.at}`);
  }
  const text = `${HEADER}${formatSettings(value)}`;
  return { text: isSame(value, known) ? null : text, notes };
}

const HEADER =
  '// What commands changed (--record, or record: always). Written by dockerctl; what you write belongs into dockerctl.json5.\n';

/** Where a path is declared, `FILE:LINE:COLUMN`, and what stands there; null: nowhere. */
export function placeOf(
  sources: readonly DeclarationSource[],
  path: Path,
): { readonly file: string; readonly at: string; readonly value: Json } | null {
  for (const { path: file, text } of sources) {
    const { place, depth } = locate(text, path);
    if (depth < path.length) continue;
    const value = valueAt(parseSettings(text, file) as JsonObject, path) ?? null;
    return { file, at: `${file}:${place.line}:${place.column}`, value };
  }
  return null;
}

export function valueAt(table: JsonObject, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, step) => (isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
    table,
  );
}

/** A table that is left empty goes too. */
function withValue(
  table: JsonObject,
  [first = '', ...rest]: Path,
  value: Json | undefined,
): JsonObject {
  const below = Object.hasOwn(table, first) ? table[first] : undefined;
  const inner = isObject(below) ? below : {};
  const set = rest.length === 0 ? value : withValue(inner, rest, value);
  const empty = rest.length > 0 && isObject(set) && Object.keys(set).length === 0;
  if (set !== undefined && !empty) return { ...table, [first]: set };
  return Object.fromEntries(Object.entries(table).filter(([key]) => key !== first));
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : isSame(one, other);
}
