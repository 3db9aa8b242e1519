import type { Document } from '../../formats/json/document.js';
import { get, remove, rename, set } from '../../formats/json/json-edit.js';
import type { Path } from '../../formats/json/json-path.js';
import type { Json } from '../../formats/json/json-object.js';

/** What fixes a finding without anything left to decide. List indices are decimal, as in every Path. */
export type ConfigFix =
  | { readonly remove: Path }
  | { readonly set: Path; readonly to: Json }
  /** Another name for a key of the root; `as` where the value must change with it. */
  | { readonly rename: string; readonly to: string; readonly as?: Json }
  /** A value to another place. */
  | { readonly move: Path; readonly to: Path };

/** Nothing but the value and, where it goes or comes, its comma and its line change. */
export function applyFix(document: Document, fix: ConfigFix): Document {
  if ('remove' in fix) return remove(document, fix.remove);
  if ('set' in fix) return set(document, fix.set, fix.to);
  if ('rename' in fix) {
    const renamed = rename(document, [fix.rename], fix.to);
    return fix.as === undefined || renamed === document ? renamed : set(renamed, [fix.to], fix.as);
  }
  const value = get(document, fix.move);
  if (value === undefined || get(document, fix.to) !== undefined) return document;
  return remove(set(document, fix.to, value), fix.move);
}
