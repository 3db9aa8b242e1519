import { ANY_REGISTRY } from '../hosts/any-registry.js';
import { registryUrl } from '../../dockerd/options/docker-hub.js';
import { namesIn, type Snapshot } from '../../plan/snapshot.js';
import { join } from 'node:path';
import type { WantedServer } from '../../formats/toml/hosts-toml.js';
import type { RegistryOnMachine } from '../contributions/consumer.js';

/** Mirrors for any registry: what `registry` names is asked for there first. */
export interface MirrorRequest extends RegistryOnMachine {
  /** In their order. */
  readonly mirrors: readonly Mirror[];
  /** CA certificates of the mirrors, PEM; null: whoever is trusted already. */
  readonly ca: string | null;
  /** Entries of insecure-registries, of which a hosts.toml must say the same. */
  readonly insecure: readonly string[];
}

export interface Mirror {
  /** `https://mirror.example.com:5000/path` */
  readonly url: string;
  /** `mirror.example.com:5000` */
  readonly name: string;
}

/** Where its images are when no mirror has them. */
export function serverUrl(registry: string): string | null {
  return registry === ANY_REGISTRY ? null : registryUrl(registry);
}

/** With a hosts.toml beside them a reader takes no certificate from the folder: they must be named in it. */
export function serverWith(
  snapshot: Snapshot,
  folder: string,
  { url, skipVerify }: Pick<WantedServer, 'url' | 'skipVerify'>,
): WantedServer {
  const names = namesIn(snapshot, folder);
  return {
    url,
    skipVerify,
    ca: names.filter((name) => name.endsWith('.crt')).map((name) => join(folder, name)),
    client: names
      .filter((name) => name.endsWith('.cert') && names.includes(name.replace(/cert$/, 'key')))
      .map((name) => [join(folder, name), join(folder, name.replace(/cert$/, 'key'))] as const),
  };
}
