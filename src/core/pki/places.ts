import type { Json } from '../plan.js';

/** Where a certificate was put besides the store, so that a renewal can put the new one there too. */
export interface Place {
  readonly kind: 'folder' | 'harbor' | 'registry';
  /** Absolute: a folder, Harbor's installation folder, or the registry's config.yml. */
  readonly path: string;
}

/** By name of the certificate. */
export type Places = Readonly<Record<string, readonly Place[]>>;

export function withPlace(places: Places, name: string, place: Place): Places {
  const others = (places[name] ?? []).filter(
    ({ kind, path }) => kind !== place.kind || path !== place.path,
  );
  return { ...places, [name]: [...others, place] };
}

export const formatPlaces = (places: Places): string => `${JSON.stringify(places, null, 2)}\n`;

/** null when the text is not what `formatPlaces` writes. */
export function parsePlaces(text: string): Places | null {
  try {
    const value = JSON.parse(text) as Json;
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isTable && Object.values(value).every(isPlaces) ? (value as unknown as Places) : null;
  } catch {
    return null;
  }
}

const isPlaces = (value: Json): boolean =>
  Array.isArray(value) &&
  (value as readonly Json[]).every(
    (place) =>
      typeof place === 'object' &&
      place !== null &&
      'path' in place &&
      typeof place.path === 'string',
  );
