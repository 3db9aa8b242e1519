import { isKnown, keyNamed, nearestKey } from '../../options/keys/keys.js';
import { entriesOf, isObject, type Json } from '../../../formats/json/json-object.js';
import { isInFile, objectOf, quote, type DecodedConfig, type RuleProblem } from './rule.js';

export interface Named {
  readonly name: string;
  readonly value: Json;
}

type WithFix = Pick<RuleProblem, 'fix'>;

/** Under the name of a key that this engine has and the file does not; a single text becomes a list where the key is one. */
export function rename(candidate: DecodedConfig, { name, value }: Named, to: string): WithFix {
  const key = keyNamed(to);
  if (key === undefined || !isKnown(key, candidate.engine) || isInFile(candidate, to)) return {};
  const asList = typeof key.shape === 'object' && 'list' in key.shape && typeof value === 'string';
  return { fix: { rename: name, to, ...(asList && { as: [value] }) } };
}

/** Another spelling of a key: `_` for `-`, capitals, a space. What is a letter off may be anything. */
export function fixForUnknown(candidate: DecodedConfig, named: Named): WithFix {
  const { name } = named;
  // It has done nothing since 17.12.
  if (name === 'disable-legacy-registry') return { fix: { remove: [name] } };
  const nearest = nearestKey(name);
  const same = nearest !== undefined && letters(nearest) === letters(name);
  return same ? rename(candidate, named, nearest) : {};
}

export function fixForGone(candidate: DecodedConfig, name: string): WithFix {
  const value = candidate.config.get(name) ?? null;
  return name === 'graph' ? rename(candidate, { name, value }, 'data-root') : {};
}

/** Into the object that dockerd reads it from. */
export function fixForProxy(candidate: DecodedConfig, { name, value }: Named): WithFix {
  const proxies = candidate.config.get('proxies') ?? null;
  const taken = entriesOf(proxies).some(([member]) => member === name);
  const isObject = typeof proxies === 'object' && !Array.isArray(proxies);
  return typeof value === 'string' && isObject && !taken
    ? { fix: { move: [name], to: ['proxies', name] } }
    : {};
}

/** Proxies as the client's config.json has them, or the environment. */
const CLIENT_PROXIES: ReadonlyMap<string, string> = new Map([
  ['httpproxy', 'http-proxy'],
  ['httpsproxy', 'https-proxy'],
  ['noproxy', 'no-proxy'],
]);

/** The member of `proxies` that is meant; undefined for any other name. */
export function clientProxy(name: string): string | undefined {
  return CLIENT_PROXIES.get(letters(name));
}

/** What to write for an unknown member of an object, where it is known. */
export function ofMember(
  { config, engine }: DecodedConfig,
  name: string,
  member: string,
): Partial<Pick<RuleProblem, 'hint' | 'fix'>> {
  if (CLIENT_KEYS.includes(name))
    return {
      hint: `put ${quote(name)} into ~/.docker/config.json, which the docker command reads`,
    };
  const key = keyNamed(name);
  if (key === undefined || !isKnown(key, engine)) return {};
  if (typeof key.shape === 'object' && 'list' in key.shape)
    return { hint: `write a list: ${quote(name)}: [ … ]` };
  if (name !== 'proxies') return {};
  const to = clientProxy(member);
  if (to !== undefined)
    return { hint: `write ${quote(to)}`, fix: { move: [name, member], to: [name, to] } };
  const proxies = config.get('proxies') ?? null;
  const inner = isObject(proxies) ? entriesOf(proxies[member] ?? null) : [];
  if (inner.length === 0 || inner.length > 3) return {};
  // To list the names of an object costs by their number.
  if (entriesOf(proxies).length > 1) return {};
  const meant = inner.map(([one, value]) => [clientProxy(one) ?? '', value] as const);
  if (meant.some(([one, value]) => one === '' || typeof value !== 'string')) return {};
  return {
    hint: `write ${listed(meant.map(([one]) => quote(one)))} into "proxies" itself: ${quote(member)} is of the docker command's config.json`,
    fix: { set: [name], to: Object.fromEntries<Json>(meant) },
  };
}

function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)]
    .filter((one) => one !== '')
    .join(' and ');
}

const CLIENT_KEYS: readonly string[] = ['auths', 'credHelpers', 'HttpHeaders'];

/** Under its right name in the object of this key, where that is not there yet. */
export function renameMember(
  candidate: DecodedConfig,
  [key, name]: readonly [string, string],
  to: string,
): WithFix {
  return Object.hasOwn(objectOf(candidate, key), to)
    ? {}
    : { fix: { move: [key, name], to: [key, to] } };
}

export function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
