import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { flagNamed, hasFlag, keyOfFlag } from './flag-table.js';
import type { DaemonFlag, DaemonFlags, FlagUse } from './flags.js';
import type { KeySpec } from './keys/key.js';
import {
  type FlagValue,
  readBooleanFlag,
  readFeatureFlag,
  readIntegerFlag,
  readNetworkOptionFlag,
  readNriFlag,
  readPairFlag,
  readPoolFlag,
  readRuntimeFlag,
  readUlimitFlag,
} from './values/flag-value.js';
import { inRange, type EngineVersion } from './keys/version.js';

/** A flag whose text dockerd's parser refuses. */
export interface UnreadFlag {
  readonly use: FlagUse;
  readonly expects: string;
  readonly example?: string;
}

/** What the flags say, in the form of the file. */
export interface FlagConfig {
  readonly config: ReadonlyMap<string, Json>;
  readonly unread: readonly UnreadFlag[];
  /** The flag that gave what stands at a path; undefined where none did. */
  useAt(path: readonly (string | number)[]): FlagUse | undefined;
}

/** containerd's socket may come with containerd, which the unit starts before dockerd. */
const NOT_JUDGED: readonly string[] = ['containerd', 'pidfile'];

/** The values of the flags as keys of the file, for the rules of the file. */
export function flagConfig({ flags }: DaemonFlags, engine: EngineVersion): FlagConfig {
  const config = new Map<string, Json>();
  const uses = new Map<string, FlagUse>();
  const unread: UnreadFlag[] = [];
  for (const flag of flags.values()) {
    if (!hasFlag(engine, flag.name)) continue;
    const key = keyOfFlag(flag.name, engine);
    for (const { use, read } of readUses(flag, key, engine)) {
      if ('expects' in read) {
        unread.push({ use, ...read });
        continue;
      }
      if (key === undefined || NOT_JUDGED.includes(key.name)) continue;
      const { name } = key;
      const { value, paths } = joined(config.get(name), read.value, key);
      config.set(name, value);
      uses.set(name, use);
      for (const path of paths) uses.set([name, path].join('\0'), use);
    }
  }
  return {
    config,
    unread,
    useAt: ([name = '', inner]) => uses.get([name, inner].join('\0')) ?? uses.get(String(name)),
  };
}

interface ReadUse {
  readonly use: FlagUse;
  readonly read: FlagValue;
}

function readUses(
  { name, uses }: DaemonFlag,
  key: KeySpec | undefined,
  engine: EngineVersion,
): ReadUse[] {
  const read: ReadUse[] = [];
  const earlier: Record<string, Json> = {};
  for (const use of uses) {
    const value =
      key?.name === 'runtimes'
        ? readRuntimeFlag(use.value, earlier)
        : readUse(use.value, { name, key, engine });
    if (key?.name === 'runtimes' && 'value' in value && isObject(value.value))
      Object.assign(earlier, value.value);
    read.push({ use, read: value });
  }
  return read;
}

const READERS: ReadonlyMap<string, (text: string) => FlagValue> = new Map([
  ['default-ulimits', readUlimitFlag],
  ['default-address-pools', (text: string) => listed(readPoolFlag(text))],
  ['default-network-opts', readNetworkOptionFlag],
  ['features', readFeatureFlag],
  ['nri-opts', readNriFlag],
]);

function readUse(
  text: string,
  {
    name,
    key,
    engine,
  }: Pick<DaemonFlag, 'name'> & { key: KeySpec | undefined; engine: EngineVersion },
): FlagValue {
  if (flagNamed(name)?.boolean === true) return readBooleanFlag(text);
  if (key === undefined) return { value: text };
  const reader = READERS.get(key.name);
  if (reader !== undefined) return reader(text);
  const { shape } = key;
  if (shape === 'integer' || shape === 'unsigned') return readIntegerFlag(text);
  if (typeof shape === 'string') return { value: isAddress(key) ? text.trim() : text };
  if ('map' in shape) {
    const [member, value] = readPairFlag(text);
    return { value: { [member]: value } };
  }
  if (key.name === 'dns' && inRange(engine, '25..'))
    return { value: text.split(',').map((part) => part.trim()) };
  return { value: [isAddress(key) ? text.trim() : text] };
}

/** pflag trims them. */
function isAddress({ name }: KeySpec): boolean {
  return /^(?:ip|dns|default-gateway(?:-v6)?|host-gateway-ips?)$/.test(name);
}

function listed(read: FlagValue): FlagValue {
  return 'value' in read ? { value: [read.value] } : read;
}

/** Lists grow, objects are merged, and of single values the last counts; `paths` are the new members. */
function joined(
  before: Json | undefined,
  value: Json,
  key: KeySpec,
): { readonly value: Json; readonly paths: readonly (string | number)[] } {
  if (Array.isArray(value)) {
    const earlier: readonly Json[] = Array.isArray(before) ? before : [];
    const items: readonly Json[] = value;
    return {
      value: [...earlier, ...items],
      paths: items.map((_, index) => earlier.length + index),
    };
  }
  if (!isObject(value) || typeof key.shape !== 'object') return { value, paths: [] };
  const earlier: JsonObject = isObject(before) ? before : {};
  const members = Object.entries(value).map(([name, member]): [string, Json] => {
    const known = earlier[name];
    return [name, isObject(known) && isObject(member) ? { ...known, ...member } : member];
  });
  return {
    value: { ...earlier, ...Object.fromEntries(members) },
    paths: members.map(([name]) => name),
  };
}
