import { isObject, type Json } from '../../formats/json/json-object.js';

/** Where a certificate was put besides the store, so that a renewal can put the new one there too. */
export interface Place {
  readonly kind: 'folder' | 'harbor' | 'registry';
  /** Absolute: a folder, Harbor's installation folder, or the registry's config.yml. */
  readonly path: string;
}

/** By name of the certificate. */
export type Places = ReadonlyMap<string, readonly Place[]>;

export function hasPlace(places: Places, name: string, place: Place): boolean {
  return (places.get(name) ?? []).some((one) => isSame(one, place));
}

/** A server has one certificate: where another was before, its renewals no longer go. In a folder each has files of its own. */
export function withPlace(places: Places, name: string, place: Place): Places {
  const others = [...places].map(([owner, known]): [string, readonly Place[]] => [
    owner,
    owner === name || place.kind !== 'folder' ? known.filter((one) => !isSame(one, place)) : known,
  ]);
  const rest = new Map(others.filter(([, known]) => known.length > 0));
  return rest.set(name, [...(rest.get(name) ?? []), place]);
}

export const formatPlaces = (places: Places): string =>
  `${JSON.stringify(Object.fromEntries(places), null, 2)}\n`;

/** null when the text is not what `formatPlaces` writes. */
export function parsePlaces(text: string): Places | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) && Object.values(value).every(isPlaces)
      ? new Map(Object.entries(value as unknown as Record<string, readonly Place[]>))
      : null;
  } catch {
    return null;
  }
}

const isSame = (one: Place, other: Place): boolean =>
  one.kind === other.kind && one.path === other.path;

const isPlaces = (value: Json): boolean =>
  Array.isArray(value) &&
  (value as readonly Json[]).every(
    (place) =>
      typeof place === 'object' &&
      place !== null &&
      'path' in place &&
      typeof place.path === 'string',
  );
