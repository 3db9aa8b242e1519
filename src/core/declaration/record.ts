import type { DaemonConfig } from '../daemon/activation.js';
import { isSame } from '../json/difference.js';
import { locate } from '../json/locate.js';
import { formatPath, type Path } from '../json/path.js';
import { formatSettings, parseSettings } from '../json/settings.js';
import type { Json } from '../plan.js';
import type { Source } from './declaration.js';

export interface Recorded {
  /** Of the file of ours among the sources; null where it need not change. */
  readonly text: string | null;
  /** What is declared elsewhere, and otherwise: nobody but its author may change that. */
  readonly notes: readonly string[];
}

/**
 * What a change of daemon.json adds to what is declared. It goes into the file `own`, which no person writes: what a file
 * of theirs says otherwise is left to them.
 */
export function record(
  sources: readonly Source[],
  own: string,
  { before, after }: { readonly before: DaemonConfig; readonly after: DaemonConfig },
): Recorded {
  const theirs = sources.filter(({ path }) => path !== own);
  const mine = sources.find(({ path }) => path === own);
  const known = (mine ? parseSettings(mine.text, own) : {}) as Readonly<Record<string, Json>>;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !same(before[name], after[name]));
  const notes: string[] = [];
  let value = known;
  for (const name of changed) {
    const path = pathOf(name);
    const wanted = after[name] ?? (name in LISTS ? [] : null);
    const place = theirs.map((source) => placeOf(source, path)).find((found) => found !== null);
    if (place === undefined) value = withValue(value, path, wanted);
    else if (!isSame(place.value, wanted))
      notes.push(`not recorded: ${formatPath(path)} is declared otherwise at ${place.at}`);
  }
  const text = `${HEADER}${formatSettings(value)}`;
  return { text: isSame(value, known) ? null : text, notes };
}

const HEADER =
  '// What commands changed (--record, or record: always). Written by dockerctl; what you write belongs into dockerctl.json5.\n';

/** Keys of daemon.json that a declaration has names of its own for. */
const LISTS: Readonly<Record<string, string>> = {
  'registry-mirrors': 'mirrors',
  'insecure-registries': 'insecure',
};

function pathOf(name: string): Path {
  const list = LISTS[name];
  return list === undefined ? ['daemon', name] : [list];
}

function placeOf(
  { path: file, text }: Source,
  path: Path,
): { readonly at: string; readonly value: Json } | null {
  const { place, depth } = locate(text, path);
  if (depth < path.length) return null;
  const value = path.reduce<Json>(
    (inner, step) => (inner as Readonly<Record<string, Json>>)[step] ?? null,
    parseSettings(text, file) as Json,
  );
  return { at: `${file}:${place.line}:${place.column}`, value };
}

function withValue(
  known: Readonly<Record<string, Json>>,
  path: Path,
  value: Json,
): Readonly<Record<string, Json>> {
  const [first = '', second] = path;
  if (second === undefined) return { ...known, [first]: value };
  const inner = (known[first] ?? {}) as Readonly<Record<string, Json>>;
  return { ...known, [first]: { ...inner, [second]: value } };
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined ? one === other : isSame(one, other);
}
