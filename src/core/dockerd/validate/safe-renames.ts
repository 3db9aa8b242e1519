import type { Json } from '../../formats/json/json-object.js';
import type { ConfigFix } from './config-edit.js';

type Rename = Extract<ConfigFix, { readonly rename: string }>;
type Pairs = readonly (readonly [string, Json])[];

/** A file with more names to fix is asked about as a whole alone. */
const MOST_ASKED = 20;

/**
 * Without the renames after which dockerd would no longer take what it takes now: a key that it ignores may have a value
 * that the key it is meant to be cannot have. `takes`: whether it would with these.
 */
export function withSafeFixes<Of>(
  fixes: ReadonlyMap<Of, ConfigFix>,
  takes: (renames: readonly Rename[]) => boolean,
): ReadonlyMap<Of, ConfigFix> {
  const renames = [...fixes.values()].filter(isRename);
  if (renames.length === 0 || takes(renames)) return fixes;
  const safe = new Set(renames.slice(0, MOST_ASKED).filter((rename) => takes([rename])));
  return new Map([...fixes].filter(([, fix]) => !isRename(fix) || safe.has(fix)));
}

export function renamed(pairs: Pairs, renames: readonly Rename[]): Pairs {
  const byName = new Map(renames.map((rename) => [rename.rename, rename]));
  return pairs.map(([name, value]) => {
    const rename = byName.get(name);
    return rename === undefined ? [name, value] : [rename.to, rename.as ?? value];
  });
}

const isRename = (fix: ConfigFix): fix is Rename => 'rename' in fix;
