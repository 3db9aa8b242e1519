import { andMore, MOST_LISTED } from './cut.js';
import type { FlagEntry } from '../../core/dockerd/observed/flag-entries.js';
import type { Style } from '../../app/context/command.js';

/** A list as the file has it and as the running daemon has it; `loaded` null when no daemon answers. */
export interface ConfiguredAndLoaded {
  readonly path: string;
  readonly configured: readonly string[];
  readonly loaded: readonly string[] | null;
  /** Entries that flags of dockerd give, and where. */
  readonly flags: readonly FlagEntry[];
}

/** One line an entry; what only one side has is marked, because that is what people come to see. */
export function renderConfiguredAndLoaded(
  { path, configured, loaded, flags }: ConfiguredAndLoaded,
  { style, none }: { readonly style: Style; readonly none: string },
): string {
  const places = new Map(flags.map(({ value, from }) => [value, from]));
  const all = [...new Set([...configured, ...places.keys(), ...(loaded ?? [])])];
  if (all.length === 0) return none;
  const [known, here] = [new Set(configured), new Set(loaded)];
  const lines = all.slice(0, MOST_LISTED).map((entry) => {
    const place = places.get(entry);
    const by = place === undefined ? '' : `  ${style.dim(`by a flag: ${place}`)}`;
    if (loaded === null) return `${entry}${by}`;
    if (place !== undefined)
      return `${entry}${by}${here.has(entry) ? '' : style.yellow('  not in the running daemon')}`;
    if (!here.has(entry))
      return `${entry}  ${style.yellow(`in ${path}, not in the running daemon`)}`;
    if (!known.has(entry)) return `${entry}  ${style.dim(`in the running daemon, not in ${path}`)}`;
    return entry;
  });
  const more = all.length - lines.length;
  return [...lines, ...(more > 0 ? [andMore(more)] : [])].join('\n');
}
