import { isObject, type Json, memberOf } from './json-object.js';
import type { Path } from './json-path.js';

/** One value that differs by meaning. Lists are compared as a whole: their order can matter to dockerd. */
export type Difference =
  | { readonly path: Path; readonly kind: 'added'; readonly after: Json }
  | { readonly path: Path; readonly kind: 'removed'; readonly before: Json }
  | { readonly path: Path; readonly kind: 'changed'; readonly before: Json; readonly after: Json };

/** What must change to come from `before` to `after`, in the order of the keys of `before`, then of `after`. */
export function differencesOf(before: Json, after: Json): Difference[] {
  return compare([], before, after);
}

export function isSame(a: Json, b: Json): boolean {
  return differencesOf(a, b).length === 0;
}

function compare(path: Path, before: Json, after: Json): Difference[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => {
      const [old, now] = [memberOf(before, key), memberOf(after, key)];
      const at = [...path, key];
      if (now === undefined)
        return old === undefined ? [] : [{ path: at, kind: 'removed', before: old }];
      return old === undefined ? [{ path: at, kind: 'added', after: now }] : compare(at, old, now);
    });
  }
  const same =
    isList(before) && isList(after)
      ? before.length === after.length &&
        before.every((item, index) => compare([], item, after[index] ?? null).length === 0)
      : before === after;
  return same ? [] : [{ path, kind: 'changed', before, after }];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
