import type { Json } from '../plan.js';

export type JsonObject = Readonly<Record<string, Json>>;

/** Neither a list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
