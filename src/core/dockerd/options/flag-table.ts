import { isKnown, KEYS } from './keys/keys.js';
import type { KeySpec } from './keys/key.js';
import { inRange, type EngineRange, type EngineVersion } from './keys/version.js';

/** The members of `proxies` have flags of their own. */
export const PROXY_FLAGS: readonly string[] = ['http-proxy', 'https-proxy', 'no-proxy'];

export interface FlagKind {
  /** Long name without dashes. */
  readonly name: string;
  readonly boolean: boolean;
}

/** Flags that no key of the file stands for (moby cmd/dockerd/daemon.go, options.go). */
const OTHER_SHORT: Readonly<Record<string, string>> = { v: 'version', h: 'help', r: 'restart' };
const OTHER_BOOLEAN: readonly string[] = [
  'version',
  'help',
  'restart',
  'validate',
  'disable-legacy-registry',
];
const OTHER_VALUE: readonly string[] = ['config-file', ...PROXY_FLAGS];

/** Of those and of the flags whose key is older or younger. */
const OTHER_ENGINES: ReadonlyMap<string, EngineRange> = new Map([
  ['validate', '23..'],
  ['disable-legacy-registry', '..18'],
  ...PROXY_FLAGS.map((name) => [name, '23..'] as const),
]);

const FLAG_KEYS = KEYS.filter((key) => key.flag !== null);

const LONG: ReadonlyMap<string, FlagKind> = new Map([
  ...FLAG_KEYS.map((key): [string, FlagKind] => {
    const name = flagOf(key);
    return [name, { name, boolean: key.shape === 'boolean' }];
  }),
  ...OTHER_BOOLEAN.map((name): [string, FlagKind] => [name, { name, boolean: true }]),
  ...OTHER_VALUE.map((name): [string, FlagKind] => [name, { name, boolean: false }]),
]);

const SHORT: ReadonlyMap<string, string> = new Map([
  ...FLAG_KEYS.flatMap((key): [string, string][] =>
    key.short === undefined ? [] : [[key.short, flagOf(key)]],
  ),
  ...Object.entries(OTHER_SHORT),
]);

/** The flag of a long name without dashes. */
export function flagNamed(name: string): FlagKind | undefined {
  return LONG.get(name);
}

/** The flag of one letter. */
export function flagLettered(letter: string): FlagKind | undefined {
  return LONG.get(SHORT.get(letter) ?? '');
}

/** Names that the file may hold without an error because a flag has them; without a key of that name they do nothing. */
export function isFlagName(name: string): boolean {
  return LONG.has(name);
}

/** The keys that a flag stands for: two where one is the other's newer name. */
export function keysOfFlag(name: string): readonly KeySpec[] {
  return FLAG_KEYS.filter((key) => flagOf(key) === name);
}

/** The key that a flag of this engine fills; undefined where it has none. */
export function keyOfFlag(name: string, engine: EngineVersion): KeySpec | undefined {
  return keysOfFlag(name).findLast((key) => isKnown(key, engine));
}

/** The engines whose command line has the flag; the empty text for all. */
export function enginesOfFlag(name: string): readonly EngineRange[] {
  const keys = keysOfFlag(name);
  return keys.length === 0
    ? [OTHER_ENGINES.get(name) ?? '']
    : keys.map((key) => key.flagEngines ?? key.engines ?? '');
}

/** This engine's command line has the flag. */
export function hasFlag(engine: EngineVersion, name: string): boolean {
  return enginesOfFlag(name).some((range) => inRange(engine, range));
}

function flagOf(key: KeySpec): string {
  return key.flag ?? key.name;
}
