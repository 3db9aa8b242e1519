import { isObject, type Json, type JsonObject } from './json-object.js';

/** As deep as `scan` goes. */
const MAX_DEPTH = 200;

/**
 * The object of a strict JSON text from which JSON.parse loses nothing: no name stands twice, and every number is spelt as a whole
 * one that a double holds. Null for any other text: `scan` tells what it holds, at several times the cost.
 */
export function parsePlain(text: string): JsonObject | null {
  if (MAYBE_FRACTION.test(text)) return null;
  const root = parsed(text);
  return isObject(root) && countNames(root, MAX_DEPTH) === colonsIn(text) ? root : null;
}

/** Inside a string it means nothing, and costs a scan. */
const MAYBE_FRACTION = /[:,[]\s*-?\d+[.eE]/;

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** Names in the value, those that stand twice once; NaN where a number lost something, or what is too deep. */
function countNames(value: Json, depth: number): number {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 0 : NaN;
  if (value === null || typeof value !== 'object') return 0;
  if (depth === 0) return NaN;
  let count = 0;
  if (!isObject(value)) {
    for (const item of value) count += countNames(item, depth - 1);
    return count;
  }
  // Object.entries takes three times as long on an object of many.
  for (const name in value) count += 1 + countNames(value[name] ?? null, depth - 1);
  return count;
}

/** At least as many as there are names; more where a string holds what looks like one. */
function colonsIn(text: string): number {
  let count = 0;
  for (const colon = /"\s*:/g; colon.test(text);) count += 1;
  return count;
}
