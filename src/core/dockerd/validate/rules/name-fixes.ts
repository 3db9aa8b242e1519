import { isKnown, keyNamed, nearestKey } from '../../options/keys/keys.js';
import { entriesOf, type Json } from '../../../formats/json/json-object.js';
import { isInFile, type DecodedConfig, type RuleProblem } from './rule.js';

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

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
