import type { Document } from '../../formats/json/document.js';
import { get, remove, rename, set } from '../../formats/json/json-edit.js';
import type { Path } from '../../formats/json/json-path.js';
import type { Json } from '../../formats/json/json-object.js';

/** What mends a finding without anything left to decide. List indices are decimal, as in every Path. */
export type Cure =
  | { readonly remove: Path }
  | { readonly set: Path; readonly to: Json }
  /** Another name for a key of the root; `as` where the value must change with it. */
  | { readonly rename: string; readonly to: string; readonly as?: Json }
  /** A value to another place. */
  | { readonly move: Path; readonly to: Path };

/** Nothing but the value and, where it goes or comes, its comma and its line change. */
export function applyCure(document: Document, cure: Cure): Document {
  if ('remove' in cure) return remove(document, cure.remove);
  if ('set' in cure) return set(document, cure.set, cure.to);
  if ('rename' in cure) {
    const renamed = rename(document, [cure.rename], cure.to);
    return cure.as === undefined || renamed === document
      ? renamed
      : set(renamed, [cure.to], cure.as);
  }
  const value = get(document, cure.move);
  if (value === undefined || get(document, cure.to) !== undefined) return document;
  return remove(set(document, cure.to, value), cure.move);
}
