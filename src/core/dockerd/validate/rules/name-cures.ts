import { isKnown, keyNamed, nearestKey } from '../../options/keys/keys.js';
import { entriesOf, type Json } from '../../../formats/json/json-object.js';
import { isInFile, type Candidate, type RuleProblem } from './rule.js';

export interface Named {
  readonly name: string;
  readonly value: Json;
}

type Cured = Pick<RuleProblem, 'cure'>;

/** Under the name of a key that this engine has and the file does not; a single text becomes a list where the key is one. */
export function rename(candidate: Candidate, { name, value }: Named, to: string): Cured {
  const key = keyNamed(to);
  if (key === undefined || !isKnown(key, candidate.engine) || isInFile(candidate, to)) return {};
  const asList = typeof key.shape === 'object' && 'list' in key.shape && typeof value === 'string';
  return { cure: { rename: name, to, ...(asList && { as: [value] }) } };
}

/** Another spelling of a key: `_` for `-`, capitals, a space. What is a letter off may be anything. */
export function cureOfUnknown(candidate: Candidate, named: Named): Cured {
  const { name } = named;
  // It has done nothing since 17.12.
  if (name === 'disable-legacy-registry') return { cure: { remove: [name] } };
  const nearest = nearestKey(name);
  const same = nearest !== undefined && letters(nearest) === letters(name);
  return same ? rename(candidate, named, nearest) : {};
}

export function cureOfGone(candidate: Candidate, name: string): Cured {
  const value = candidate.config.get(name) ?? null;
  return name === 'graph' ? rename(candidate, { name, value }, 'data-root') : {};
}

/** Into the object that dockerd reads it from. */
export function cureOfProxy(candidate: Candidate, { name, value }: Named): Cured {
  const proxies = candidate.config.get('proxies') ?? null;
  const taken = entriesOf(proxies).some(([member]) => member === name);
  const isObject = typeof proxies === 'object' && !Array.isArray(proxies);
  return typeof value === 'string' && isObject && !taken
    ? { cure: { move: [name], to: ['proxies', name] } }
    : {};
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
