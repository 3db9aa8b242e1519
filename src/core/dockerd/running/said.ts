import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { flagConfig } from '../options/flag-config.js';
import { PROXY_FLAGS } from '../options/flag-table.js';
import { parseFlags, type DaemonFlags } from '../options/flags.js';
import { flagValue } from '../options/values/flag-value.js';
import type { KeySpec } from '../options/keys/key.js';
import { isBlank } from '../options/meaning.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';
import { environmentValues, type EnvironmentValue } from './environment.js';

/** Where a value stands. */
export type Source = 'file' | 'flag' | 'environment';

/** What is said at one moment: in the file, by the flags, in the environment. null: that one is not known. */
export interface Sayings {
  readonly file: JsonObject | null;
  readonly argv: readonly string[];
  readonly environment: ReadonlyMap<string, string> | null;
  readonly engine: EngineVersion;
}

/** What dockerd makes of it. */
export interface Merged {
  /** undefined: nobody says anything, or nothing: dockerd's own default. */
  readonly value: Json | undefined;
  /** Who says it; of an object whose members have several, the first of file, flag, environment. */
  readonly source: Source | null;
  /** Also said, and without effect or merged. */
  readonly also: readonly Source[];
}

/** A reader of what is said: parses flags and environment once. */
export interface Speech {
  readonly sayings: Sayings;
  flag(key: KeySpec): Json | undefined;
  environment(key: KeySpec): Json | undefined;
  /** null where what decides it is not known. */
  merged(key: KeySpec): Merged | null;
}

export function speechOf(sayings: Sayings): Speech {
  const { argv, engine, environment } = sayings;
  const flags = parseFlags(argv);
  const config = flagConfig(flags, engine).config;
  const variables = environment === null ? null : environmentValues(environment, engine);
  const speech: Speech = {
    sayings,
    flag: (key) => flagOf(key, { flags, config, engine }),
    environment: (key) => environmentOf(key, variables ?? []),
    merged: (key) => mergedOf(key, speech),
  };
  return speech;
}

interface ReadFlags {
  readonly flags: DaemonFlags;
  readonly config: ReadonlyMap<string, Json>;
  readonly engine: EngineVersion;
}

function flagOf(key: KeySpec, { flags, config, engine }: ReadFlags): Json | undefined {
  if (key.name === 'proxies') return proxyFlags(flags);
  if (key.flag === null) return undefined;
  if (key.flagEngines !== undefined && !inRange(engine, key.flagEngines)) return undefined;
  const flag = flags.flags.get(key.flag ?? key.name);
  return (
    config.get(key.name) ?? (flag === undefined ? undefined : flagValue(key.shape, flag.values))
  );
}

function proxyFlags({ flags }: DaemonFlags): Json | undefined {
  const said = PROXY_FLAGS.flatMap((name): [string, Json][] => {
    const value = flags.get(name)?.values.at(-1);
    return value === undefined ? [] : [[name, value]];
  });
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

function environmentOf(key: KeySpec, values: readonly EnvironmentValue[]): Json | undefined {
  const own = values.filter(({ path }) => path[0] === key.name);
  const [first] = own;
  if (first === undefined) return undefined;
  if (first.path.length === 1) return first.value;
  return Object.fromEntries(own.map(({ path, value }) => [path[1] ?? '', value]));
}

/** Keys that a variable may say something of. */
const OF_ENVIRONMENT: readonly string[] = ['proxies', 'storage-driver', 'min-api-version'];

function mergedOf(key: KeySpec, speech: Speech): Merged | null {
  const { file, environment } = speech.sayings;
  const flag = speech.flag(key);
  if (environment === null && OF_ENVIRONMENT.includes(key.name)) return null;
  const variable = speech.environment(key);
  // A flag and the file that both name a key stop dockerd, so that the flag alone tells.
  if (file === null && (flag === undefined || isMerged(key))) return null;
  const own = isMerged(key) ? withoutEmpty(file?.[key.name]) : file?.[key.name];
  const inFile =
    file !== null && Object.hasOwn(file, key.name) && !isBlank(key, own) ? own : undefined;
  const said: (readonly [Source, Json | undefined])[] = [
    // moby daemon/graphdriver/driver.go, New: $DOCKER_DRIVER is looked at before the configuration.
    ...(key.name === 'storage-driver' ? [['environment', variable] as const] : []),
    ['file', inFile],
    ['flag', flag],
    ...(key.name === 'storage-driver' ? [] : [['environment', variable] as const]),
  ];
  const sources = said.flatMap(([source, value]) => (value === undefined ? [] : [source]));
  const [source = null, ...also] = sources;
  const values = said.flatMap(([, value]) => (value === undefined ? [] : [value]));
  return { value: isMerged(key) ? joined(values) : values[0], source, also };
}

/** Members of several sources stand side by side; the first that says one counts. */
function joined(values: readonly Json[]): Json | undefined {
  if (values.length === 0) return undefined;
  const members = values
    .toReversed()
    .flatMap((value) => (isObject(value) ? Object.entries(value) : []));
  return Object.fromEntries(members.filter(([, value]) => value !== ''));
}

/** An empty text says nothing: it does not even switch off what another source says. */
function withoutEmpty(value: Json | undefined): Json | undefined {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== ''))
    : value;
}

function isMerged({ name, mergeable }: KeySpec): boolean {
  return name === 'proxies' || mergeable === true;
}
