import type { Style } from '../../app/context/command.js';

/** A list as the file has it and as the running daemon has it; `loaded` null when no daemon answers. */
export interface ConfiguredAndLoaded {
  readonly path: string;
  readonly configured: readonly string[];
  readonly loaded: readonly string[] | null;
}

/** One line an entry; what only one side has is marked, because that is what people come to see. */
export function renderConfiguredAndLoaded(
  { path, configured, loaded }: ConfiguredAndLoaded,
  { style, none }: { readonly style: Style; readonly none: string },
): string {
  const all = [...new Set([...configured, ...(loaded ?? [])])];
  if (all.length === 0) return none;
  return all
    .map((entry) => {
      if (loaded === null) return entry;
      if (!loaded.includes(entry))
        return `${entry}  ${style.yellow(`in ${path}, not in the running daemon`)}`;
      if (!configured.includes(entry))
        return `${entry}  ${style.dim(`in the running daemon, not in ${path}`)}`;
      return entry;
    })
    .join('\n');
}
