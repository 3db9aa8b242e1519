import { memberOf, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { keyNamed } from './keys/keys.js';
import type { KeySpec } from './keys/key.js';
import { normalizeMirrors } from './mirrors.js';
import { formatBlock, parseBlock } from './values/address.js';
import { parseSize } from './values/size.js';

/** Two values of a key make dockerd start alike: order inside sets, repetition and defaults do not count. */
export function sameMeaning(name: string, a: Json | undefined, b: Json | undefined): boolean {
  const key = keyNamed(name);
  return canonical(meaningOf(key, a)) === canonical(meaningOf(key, b));
}

/** The keys that mean something else in the one configuration than in the other. */
export function changedKeys(before: JsonObject, after: JsonObject): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !sameMeaning(name, memberOf(before, name), memberOf(after, name)),
  );
}

/** Nothing, or what dockerd merges as nothing: null, "", 0, [] and {} (moby config.go, mergo.Merge). */
export function isBlank(key: KeySpec | undefined, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (value === 0) return !key?.zeroCounts;
  if (typeof value !== 'object') return false;
  return Object.keys(value).length === 0;
}

/** The texts of a list; null inside it is the empty text to Go's decoder. */
export function stringsOf(value: Json | undefined): string[] {
  const texts: string[] = [];
  if (!Array.isArray(value)) return texts;
  for (const item of value as readonly Json[]) {
    if (typeof item === 'string') texts.push(item);
    else if (item === null) texts.push('');
  }
  return texts;
}

function meaningOf(key: KeySpec | undefined, value: Json | undefined): Json | undefined {
  if (key === undefined) return value;
  const effective = isBlank(key, value) ? key.default : value;
  if (key.name === 'registry-mirrors') return normalizeMirrors(stringsOf(effective));
  if (key.name === 'default-shm-size' && typeof effective === 'string') {
    return parseSize(effective) ?? effective;
  }
  if (key.name === 'fixed-cidr' && typeof effective === 'string') {
    const block = parseBlock(effective);
    return block === null ? effective : formatBlock(block);
  }
  return key.set ? [...new Set(stringsOf(effective))].sort() : effective;
}

/** One text for one value, whatever the order of its members. */
function canonical(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
