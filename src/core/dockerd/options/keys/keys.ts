import { rememberLast } from '../../../text/remember-last.js';
import { sameWords } from '../../../text/same-words.js';
import { nearest } from '../../../text/suggest.js';
import { CONTAINER_KEYS } from './keys-containers.js';
import type { KeySpec } from './key.js';
import { NETWORK_KEYS } from './keys-network.js';
import { PROCESS_KEYS } from './keys-process.js';
import { REGISTRY_KEYS } from './keys-registry.js';
import { enginesIn, inRange, type EngineVersion } from './version.js';

/** Every key of daemon.json that dockerd 20.10 … 29 knows on Linux (moby daemon/config/config.go and config_linux.go, each release). */
export const KEYS: readonly KeySpec[] = [
  ...REGISTRY_KEYS,
  ...PROCESS_KEYS,
  ...CONTAINER_KEYS,
  ...NETWORK_KEYS,
];

const BY_NAME: ReadonlyMap<string, KeySpec> = new Map(KEYS.map((key) => [key.name, key]));

export function keyNamed(name: string): KeySpec | undefined {
  return BY_NAME.get(name);
}

/** The key whose field Go's decoder fills from this name: names of fields are matched without regard to case (encoding/json, foldName). */
export function keyFolded(name: string): KeySpec | undefined {
  return BY_FOLDED_NAME.get(folded(name));
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll('ſ', 's');
}

const BY_FOLDED_NAME: ReadonlyMap<string, KeySpec> = new Map(
  KEYS.map((key) => [folded(key.name), key]),
);

/** The file of this engine may have the key, whether or not it has an effect. */
export function isKnown(key: KeySpec, engine: EngineVersion): boolean {
  return inRange(engine, key.engines ?? '');
}

export function isIgnored(key: KeySpec, engine: EngineVersion): boolean {
  return key.ignored !== undefined && inRange(engine, key.ignored);
}

/** A SIGHUP makes this engine take the key's new value. */
export function isReloadable(key: KeySpec, engine: EngineVersion): boolean {
  return key.reload !== undefined && inRange(engine, key.reload.engines ?? '');
}

/** The engines that know the key, in words: `since 25`, `until 23`, `every engine`. */
export function enginesOf(key: KeySpec): string {
  return enginesIn(key.engines ?? '');
}

/**
 * What dockerd keeps running with when the key disappears from the file and is reloaded must be cleared by a value.
 * `[]`, `{}`, `false` …, or undefined where absence is enough or nothing short of a restart clears it.
 */
export function clearingValue(name: string, engine: EngineVersion): KeySpec['default'] {
  const key = keyNamed(name);
  if (key?.reload?.absent !== 'sticks' || !isReloadable(key, engine)) return undefined;
  return key.reload.clear;
}

/** The known key that was probably meant, by its own name or its flag's. It is asked for a hint, and again for its fix. */
export const nearestKey = rememberLast((name): string | undefined => {
  const near = SPELLINGS.get(nearest(name, SPELLINGS.keys()) ?? '');
  if (near !== undefined) return near;
  const keys = new Set(sameWords(name, SPELLINGS.keys()).map((word) => SPELLINGS.get(word)));
  return keys.size === 1 ? [...keys][0] : undefined;
});

const SPELLINGS: ReadonlyMap<string, string> = new Map(
  KEYS.flatMap(({ name, flag }) => [name, ...(flag ? [flag] : [])].map((word) => [word, name])),
);
