import { insecureEntry } from '../../dockerd/options/insecure.js';
import { stringsOf } from '../../dockerd/options/meaning.js';
import { mirrorHosts } from '../../dockerd/options/mirrors.js';
import { parseRegistry } from '../../registry/address.js';
import type { DoctorFacts } from '../facts.js';
import { clientConfigs } from '../machine/client-config.js';

/** Registries by the names that this machine uses them with: logged in to, listed, or a mirror. */
export function usedRegistries({ config, ...facts }: DoctorFacts): string[] {
  const mirrors = mirrorHosts(stringsOf(config?.['registry-mirrors']));
  const insecure = stringsOf(config?.['insecure-registries'])
    .map((entry) => insecureEntry(entry))
    .flatMap(({ kind, value }) => (kind === 'host' ? [value] : []));
  return [...new Set([...namedByUse({ ...facts, config }), ...insecure, ...mirrors])];
}

/** Registries that somebody logged in to, or that images here are named after. */
export function namedByUse(facts: DoctorFacts): string[] {
  return [...new Set([...loggedIn(facts), ...(facts.imageRegistries ?? [])])];
}

/** Registries that somebody logged in to. */
export function loggedIn(facts: DoctorFacts): string[] {
  return clientConfigs(facts)
    .flatMap(({ auths }) => Object.keys(auths))
    .flatMap((key) => {
      try {
        return [parseRegistry(key).name];
      } catch {
        return [];
      }
    });
}
