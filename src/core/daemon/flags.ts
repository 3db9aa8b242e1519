import { KEYS, keyNamed } from './keys.js';
import { inRange, type EngineVersion } from './version.js';

/** One flag of dockerd's command line. */
export interface DaemonFlag {
  /** Long name without dashes: `host`, `storage-driver`, `version`. */
  readonly name: string;
  /** In the order given; a boolean flag is `true` or `false`. */
  readonly values: readonly string[];
  /** As first written: `-H`, `--mtu=1400`. For finding it in FlagSource. */
  readonly written: string;
}

export interface DaemonFlags {
  /** By long name. */
  readonly flags: ReadonlyMap<string, DaemonFlag>;
  /** Arguments that are no flag, and flags that dockerd does not have: either stops it. */
  readonly strays: readonly string[];
}

/** A key of the file that is also given as a flag: dockerd does not start (moby config.go, findConfigurationConflicts). */
export interface FlagConflict {
  readonly key: string;
  readonly flag: DaemonFlag;
}

/** The members of `proxies` have flags of their own. */
export const PROXY_FLAGS: readonly string[] = ['http-proxy', 'https-proxy', 'no-proxy'];

/** Flags that no key of the file stands for (moby cmd/dockerd/daemon.go, options.go). */
const OTHER_SHORT: Readonly<Record<string, string>> = { v: 'version', h: 'help', r: 'restart' };
const OTHER_BOOLEAN: readonly string[] = [
  'version',
  'help',
  'restart',
  'validate',
  'disable-legacy-registry',
];
const OTHER_VALUE: readonly string[] = ['config-file', 'storage-opt', ...PROXY_FLAGS];

interface FlagKind {
  readonly name: string;
  readonly boolean: boolean;
}

const LONG: ReadonlyMap<string, FlagKind> = new Map([
  ...KEYS.filter((key) => key.flag !== null).map((key): [string, FlagKind] => {
    const name = key.flag ?? key.name;
    return [name, { name, boolean: key.shape === 'boolean' }];
  }),
  ...OTHER_BOOLEAN.map((name): [string, FlagKind] => [name, { name, boolean: true }]),
  ...OTHER_VALUE.map((name): [string, FlagKind] => [name, { name, boolean: false }]),
]);

const SHORT: ReadonlyMap<string, string> = new Map([
  ...KEYS.flatMap((key): [string, string][] =>
    key.short === undefined ? [] : [[key.short, key.flag ?? key.name]],
  ),
  ...Object.entries(OTHER_SHORT),
]);

/** Names that the file may hold without an error because a flag has them; without a key of that name they do nothing. */
export function isFlagName(name: string): boolean {
  return LONG.has(name);
}

/** Reads dockerd's argv as spf13/pflag does. The first element is the program and is not looked at. */
export function parseFlags(argv: readonly string[]): DaemonFlags {
  const flags = new Map<string, DaemonFlag>();
  const strays: string[] = [];
  const rest = argv.slice(1);
  const add = (name: string, value: string, written: string) => {
    const earlier = flags.get(name);
    flags.set(name, {
      name,
      values: [...(earlier?.values ?? []), value],
      written: earlier?.written ?? written,
    });
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      strays.push(...rest.splice(0));
    } else if (word.startsWith('--')) {
      const [name, value] = cut(word.slice(2));
      const kind = LONG.get(name);
      if (kind === undefined) strays.push(word);
      else add(name, value ?? (kind.boolean ? 'true' : (rest.shift() ?? '')), word);
    } else if (word.startsWith('-') && word !== '-') {
      readShort(word, rest, { add, strays });
    } else {
      strays.push(word);
    }
  }
  return { flags, strays };
}

/** `-D`, `-Dl debug`, `-Hfd://`, `-H=fd://`: booleans may be bundled, the first flag with a value takes the rest of the word. */
function readShort(
  word: string,
  rest: string[],
  into: { add: (name: string, value: string, written: string) => void; strays: string[] },
): void {
  for (let index = 1; index < word.length; index++) {
    const kind = LONG.get(SHORT.get(word.charAt(index)) ?? '');
    if (kind === undefined) {
      into.strays.push(word);
      return;
    }
    const tail = word.slice(index + 1);
    if (tail.startsWith('=')) {
      into.add(kind.name, tail.slice(1), word);
      return;
    }
    if (!kind.boolean) {
      into.add(kind.name, tail === '' ? (rest.shift() ?? '') : tail, word);
      return;
    }
    into.add(kind.name, 'true', word);
  }
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
  names: readonly string[],
  flags: DaemonFlags,
  engine: EngineVersion,
): FlagConflict[] {
  return names.flatMap((name) => {
    const key = keyNamed(name);
    if (key?.mergeable === true || key?.flag === null) return [];
    if (key === undefined && isNamedOption(name)) return [];
    const flagName = key?.flag ?? name;
    if (key?.flagEngines !== undefined && !inRange(engine, key.flagEngines)) return [];
    const flag = flags.flags.get(flagName);
    return flag === undefined ? [] : [{ key: name, flag }];
  });
}

/** dockerd looks for the key's name then, not for the flag's: `host` in the file does not conflict with --host. */
function isNamedOption(flag: string): boolean {
  return NAMED_OPTIONS.has(flag);
}

const NAMED_OPTIONS: ReadonlySet<string> = new Set(KEYS.map((key) => key.flag ?? ''));
