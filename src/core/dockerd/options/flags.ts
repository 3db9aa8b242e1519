import { flagLettered, flagNamed, type FlagKind } from './flag-table.js';
import { KEYS, keyNamed } from './keys/keys.js';
import { inRange, type EngineVersion } from './keys/version.js';

/** One time that a flag is given. */
export interface FlagUse {
  /** Empty where it has none. */
  readonly value: string;
  /** The word that it begins with: `-H`, `--mtu=1400`, `-Dl`. */
  readonly word: string;
  /** Place of that word in the argv. */
  readonly at: number;
  /** With a value that is a word of its own: `-H fd://`. */
  readonly text: string;
  /** The flag by itself: `-H`, `--mtu`. */
  readonly as: string;
  /** The value is a word of its own, and a flag: what was meant to be the value is missing. */
  readonly swallows?: Swallowed;
}

export interface Swallowed {
  readonly word: string;
  /** What the swallowed flag has lost by it. */
  readonly orphan: string | null;
}

/** One flag of dockerd's command line. */
export interface DaemonFlag {
  /** Long name without dashes: `host`, `storage-driver`, `version`. */
  readonly name: string;
  /** In the order given; a boolean flag is `true` or `false`. */
  readonly values: readonly string[];
  /** As first written: `-H`, `--mtu=1400`. For finding it in FlagSource. */
  readonly written: string;
  /** One for each value. */
  readonly uses: readonly FlagUse[];
}

export interface DaemonFlags {
  /** By long name. */
  readonly flags: ReadonlyMap<string, DaemonFlag>;
  /** Arguments that are no flag, and flags that dockerd does not have: either stops it. */
  readonly strays: readonly string[];
  /** Flags at the end that lack their value. */
  readonly valueless: readonly FlagUse[];
}

/** A key of the file that is also given as a flag: dockerd does not start (moby config.go, findConfigurationConflicts). */
export interface FlagConflict {
  readonly key: string;
  readonly flag: DaemonFlag;
}

interface Reading {
  readonly argv: readonly string[];
  readonly flags: Map<string, DaemonFlag>;
  readonly strays: string[];
  readonly valueless: FlagUse[];
}

/** Reads dockerd's argv as spf13/pflag does. The first element is the program and is not looked at. */
export function parseFlags(argv: readonly string[]): DaemonFlags {
  const reading: Reading = { argv, flags: new Map(), strays: [], valueless: [] };
  for (let at = 1; at < argv.length; at = readWord(reading, at));
  return reading;
}

/** Reads the word at `at`; returns the place of the next. */
function readWord(reading: Reading, at: number): number {
  const { argv, strays } = reading;
  const word = argv[at] ?? '';
  if (word === '--') {
    strays.push(...argv.slice(at + 1));
    return argv.length;
  }
  if (word.startsWith('--')) {
    const [name, value] = cut(word.slice(2));
    const kind = flagNamed(name);
    if (kind !== undefined) return take(reading, { kind, as: `--${name}`, at, value });
  } else if (word.startsWith('-') && word !== '-') {
    return readShort(reading, at);
  }
  strays.push(word);
  return at + 1;
}

/** `-D`, `-Dl debug`, `-Hfd://`, `-H=fd://`: booleans may be bundled, the first flag with a value takes the rest of the word. */
function readShort(reading: Reading, at: number): number {
  const word = reading.argv[at] ?? '';
  for (let index = 1; index < word.length; index++) {
    const letter = word.charAt(index);
    const kind = flagLettered(letter);
    if (kind === undefined) {
      reading.strays.push(word);
      return at + 1;
    }
    const tail = word.slice(index + 1);
    const as = `-${letter}`;
    if (tail.startsWith('=')) return take(reading, { kind, as, at, value: tail.slice(1) });
    if (!kind.boolean)
      return take(reading, { kind, as, at, value: tail === '' ? undefined : tail });
    take(reading, { kind, as, at, value: undefined });
  }
  return at + 1;
}

interface GivenFlag {
  readonly kind: FlagKind;
  readonly as: string;
  readonly at: number;
  /** undefined where the word has none. */
  readonly value: string | undefined;
}

function take(reading: Reading, { kind, as, at, value }: GivenFlag): number {
  const { argv } = reading;
  const word = argv[at] ?? '';
  const own = { word, at, as };
  if (value !== undefined || kind.boolean) {
    add(reading, kind.name, { ...own, value: value ?? 'true', text: word });
    return at + 1;
  }
  const next = argv[at + 1];
  if (next === undefined) {
    reading.valueless.push({ ...own, value: '', text: word });
    return at + 1;
  }
  const swallows = swallowedBy(argv, at + 1);
  add(reading, kind.name, {
    ...own,
    value: next,
    text: `${word} ${next}`,
    ...(swallows !== null && { swallows }),
  });
  return at + (typeof swallows?.orphan === 'string' ? 3 : 2);
}

/** What a flag without its value takes in its place; null where it is no flag. */
function swallowedBy(argv: readonly string[], at: number): Swallowed | null {
  const word = argv[at] ?? '';
  const [name, value] = cut(word.replace(/^--?/, ''));
  const kind = /^--\w/.test(word)
    ? flagNamed(name)
    : /^-\w$/.test(word)
      ? flagLettered(name)
      : undefined;
  if (kind === undefined) return null;
  const next = argv[at + 1];
  const lost = !kind.boolean && value === undefined && next !== undefined && !next.startsWith('-');
  return { word, orphan: lost ? next : null };
}

function add({ flags }: Reading, name: string, use: FlagUse): void {
  const uses = [...(flags.get(name)?.uses ?? []), use];
  const written = uses[0]?.word ?? use.word;
  flags.set(name, { name, values: uses.map(({ value }) => value), written, uses });
}

function cut(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * The keys of the file that the flags give too, in the order of the file. Equal values conflict as well; only mergeable keys do not.
 * `names` are the keys of the file, with the members of `proxies` in place of the object.
 */
export function flagConflicts(
  names: Iterable<string>,
  flags: DaemonFlags,
  engine: EngineVersion,
): FlagConflict[] {
  const found: FlagConflict[] = [];
  for (const name of flags.flags.size === 0 ? [] : names) {
    const key = keyNamed(name);
    const flag = flags.flags.get(key?.flag ?? name);
    if (flag === undefined || key?.mergeable === true || key?.flag === null) continue;
    if (key === undefined && isNamedOption(name)) continue;
    if (key?.flagEngines !== undefined && !inRange(engine, key.flagEngines)) continue;
    found.push({ key: name, flag });
  }
  return found;
}

/** dockerd looks for the key's name then, not for the flag's: `host` in the file does not conflict with --host. */
function isNamedOption(flag: string): boolean {
  return NAMED_OPTIONS.has(flag);
}

const NAMED_OPTIONS: ReadonlySet<string> = new Set(KEYS.map((key) => key.flag ?? ''));
