import type { Json, JsonObject } from '../../../formats/json/json-object.js';
import type { Shape } from '../keys/key.js';
import { isGoBoolean } from './scalar.js';

/** What a flag's text means as JSON, or what dockerd expects in its place. */
export type FlagValue =
  { readonly value: Json } | { readonly expects: string; readonly example?: string };

/** strconv.ParseBool, as spf13/pflag reads a boolean flag. */
export function readBooleanFlag(text: string): FlagValue {
  return isGoBoolean(text) ? { value: /^[1t]/i.test(text) } : { expects: 'true or false' };
}

const INTEGER =
  /^[+-]?(?:0|[1-9](?:_?\d)*|0x(?:_?[\da-f])+|0b(?:_?[01])+|0o(?:_?[0-7])+|0(?:_?[0-7])+)$/i;
const INT64 = 2n ** 63n;

/** strconv.ParseInt with base 0 and 64 bits. */
export function readIntegerFlag(text: string): FlagValue {
  const expects = { expects: 'a whole number' };
  if (!INTEGER.test(text)) return expects;
  const bare = text.replaceAll('_', '').replace(/^[+-]/, '');
  const magnitude = BigInt(/^0\d/.test(bare) ? `0o${bare}` : bare);
  const value = text.startsWith('-') ? -magnitude : magnitude;
  return value < -INT64 || value >= INT64 ? expects : { value: Number(value) };
}

/** One `name=value` of a map of texts; a name alone has the empty value (moby opts.go, MapOpts). */
export function readPairFlag(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const ULIMITS =
  /^(?:core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack)$/;

/** `nofile=1024:2048` (docker/go-units ulimit.go, ParseUlimit). */
export function readUlimitFlag(text: string): FlagValue {
  const expects = { expects: 'NAME=SOFT:HARD', example: 'nofile=1024:2048' };
  const [name, limits] = readPairFlag(text);
  const parts = limits.split(':');
  if (!ULIMITS.test(name) || parts.length > 2 || parts.some((part) => !/^[+-]?\d+$/.test(part)))
    return expects;
  const [soft = 0, hard = soft] = parts.map(Number);
  if (soft >= 0 && hard >= 0 && soft > hard) return expects;
  return { value: { [name]: { Name: name, Soft: soft, Hard: hard } } };
}

/** `base=10.0.0.0/16,size=24` (moby opts/address_pools.go). */
export function readPoolFlag(text: string): FlagValue {
  const expects = { expects: 'base=BLOCK,size=NUMBER', example: 'base=10.10.0.0/16,size=24' };
  const pool: Record<string, Json> = {};
  for (const field of text.split(',')) {
    const [key, value] = readPairFlag(field);
    const name = key.trim().toLowerCase();
    if (name === 'base') pool.base = value;
    else if (name === 'size' && /^[+-]?\d+$/.test(value)) pool.size = Number(value);
    else return expects;
  }
  return { value: pool };
}

/** `NAME=PROGRAM` (moby opts/runtime.go). */
export function readRuntimeFlag(text: string, earlier: JsonObject): FlagValue {
  const [name, path] = readPairFlag(text).map((part) => part.trim());
  const key = name?.toLowerCase() ?? '';
  if (key === '' || path === undefined || path === '')
    return { expects: 'NAME=PROGRAM', example: 'crun=/usr/bin/crun' };
  if (key === 'runc' || Object.hasOwn(earlier, key))
    return { expects: `a name other than ${key}, which is taken` };
  return { value: { [key]: { path } } };
}

/** `NETWORK=OPTION=VALUE` (moby opts/opts.go, MapMapOpts). */
export function readNetworkOptionFlag(text: string): FlagValue {
  const [driver, option] = readPairFlag(text);
  const [name, value] = readPairFlag(option);
  return driver === '' || !option.includes('=')
    ? { expects: 'DRIVER=OPTION=VALUE', example: 'bridge=com.docker.network.driver.mtu=1400' }
    : { value: { [driver]: { [name]: value } } };
}

/** `NAME` or `NAME=true` (moby opts/opts.go, SetOpts). */
export function readFeatureFlag(text: string): FlagValue {
  const [name, value] = readPairFlag(text);
  const read = text.includes('=') ? readBooleanFlag(value) : { value: true };
  return name === '' || !('value' in read)
    ? { expects: 'NAME=true or NAME=false', example: 'containerd-snapshotter=true' }
    : { value: { [name]: read.value } };
}

/** As dockerd's flag parser reads it: maps come as `name=value`, one flag each. */
export function flagValue(shape: Shape, values: readonly string[]): Json {
  const last = values.at(-1) ?? '';
  if (shape === 'boolean') return /^(?:1|t|true)$/i.test(last);
  if (shape === 'integer' || shape === 'unsigned') return Number(last);
  if (shape === 'string') return last;
  if ('list' in shape) return values;
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf('=');
      return at === -1 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}

/** `enable=true,socket-path=/run/x` (moby daemon/pkg/opts/nri_opts.go). */
export function readNriFlag(text: string): FlagValue {
  const expects = {
    expects: 'enable, plugin-path, plugin-config-path and socket-path',
    example: 'enable=true',
  };
  const nri: Record<string, Json> = {};
  for (const field of text.split(',')) {
    const [name, value] = readPairFlag(field);
    if (name === 'enable' && (value === '' || isGoBoolean(value)))
      nri.enable = value === '' || /^[1t]/i.test(value);
    else if (['plugin-path', 'plugin-config-path', 'socket-path'].includes(name)) nri[name] = value;
    else return expects;
  }
  return { value: nri };
}
