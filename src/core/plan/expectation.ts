import type { Json, JsonObject } from '../formats/json/json-object.js';
import type { Expectation } from './plan.js';

/**
 * The answer of /info fulfils the expectation. In an object, `includes` and `excludes` speak of its names;
 * a field that is missing or null is an empty list, as dockerd writes both.
 */
export function holdsInInfo(
  expectation: Extract<Expectation, { kind: 'info' }>,
  info: JsonObject,
): boolean {
  const found = atPointer(info, expectation.pointer);
  const { match, value } = expectation;
  if (match === 'equals') return same(found ?? (Array.isArray(value) ? [] : undefined), value);
  const members: readonly Json[] =
    found === undefined || found === null || typeof found !== 'object'
      ? []
      : Array.isArray(found)
        ? found
        : Object.keys(found);
  return members.some((member) => same(member, value)) === (match === 'includes');
}

/** The attributes of a `daemon reload` event fulfil the expectation. Engines that do not have the attribute say nothing against it. */
export function holdsInReloadEvent(
  expectation: Extract<Expectation, { kind: 'reload-event' }>,
  attributes: Readonly<Record<string, string>>,
): boolean {
  const found = attributes[expectation.attribute];
  return found === undefined || found === expectation.value;
}

/** The value at an RFC 6901 pointer, or undefined. */
export function atPointer(value: Json, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(
      (within, name) =>
        within !== null && typeof within === 'object' && Object.hasOwn(within, name)
          ? (within as JsonObject)[name]
          : undefined,
      value,
    );
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
  const [left, right] = [Object.entries(a), b as JsonObject];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => Object.hasOwn(right, name) && same(value, right[name]))
  );
}
