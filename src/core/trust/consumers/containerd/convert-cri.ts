import { ANY_REGISTRY } from '../../hosts/any-registry.js';
import { registryUrl } from '../../../dockerd/options/docker-hub.js';
import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../../errors.js';
import { writeHosts, type WantedServer } from '../../../formats/toml/hosts-toml.js';
import { setToml, unsetToml, valueAt, type TomlFile } from '../../../formats/toml/toml-edit.js';
import type { FileChange } from '../../../plan/plan.js';
import { textAt, type Snapshot } from '../../../plan/snapshot.js';
import { certsDir } from './containerd.js';
import {
  criRegistry,
  oldRegistries,
  type CriRegistry,
  type OldRegistry,
} from './containerd-config.js';
import { put } from '../../contributions/contribution.js';

/** One registry of the old tables, and what becomes of it. */
export interface Converted {
  readonly registry: string;
  readonly notes: readonly string[];
}

export interface Conversion {
  readonly converted: readonly Converted[];
  readonly changes: readonly FileChange[];
}

/** What must be seen, once config.toml was. */
export function readsConversion(snapshot: Snapshot): string[] {
  const cri = attempt(() => criRegistry(snapshot));
  if (cri === null || isDockerctlError(cri)) return [];
  return oldRegistries(cri).map(({ name }) => hostsPath(snapshot, name));
}

/**
 * The CRI plugin's old tables of registries as hosts.toml, which every reader of containerd's has (containerd docs/cri/registry.md): mirrors
 * and TLS go, credentials stay where they are, and `config_path` names the folder. A hosts.toml that is there already stays and its
 * registry is said to keep it. Throws `invalid-config` where the file is written in a way that cannot be edited so.
 */
export function convertCri(snapshot: Snapshot): Conversion {
  const cri = criRegistry(snapshot);
  const old = cri === null ? [] : oldRegistries(cri);
  if (cri === null || old.length === 0) return { converted: [], changes: [] };
  const root = certsDir(snapshot);
  const hosts = old.flatMap((one) => {
    const path = hostsPath(snapshot, one.name);
    if (textAt(snapshot, path) !== null || !isUseful(one)) return [];
    return put(snapshot, path, { content: { text: hostsOf(one, old) }, mode: 0o644 });
  });
  const { path } = cri.file;
  const text = withoutOld(cri, old, root);
  return {
    converted: old.map((one) => ({
      registry: one.name,
      notes: [
        ...(textAt(snapshot, hostsPath(snapshot, one.name)) === null
          ? []
          : [`${hostsPath(snapshot, one.name)} was there already and stays as it is`]),
        ...(one.skipVerify && textAt(snapshot, hostsPath(snapshot, one.name)) === null
          ? ['nothing is verified for it, as before']
          : []),
        ...(one.hasSecret
          ? [`its password stays in ${path}: hosts.toml has no place for one`]
          : []),
      ],
    })),
    changes: [...hosts, ...put(snapshot, path, { content: { text }, mode: 0o644 })],
  };
}

function isUseful({ endpoints, ca, client, skipVerify }: OldRegistry): boolean {
  return endpoints.length > 0 || ca !== null || client !== null || skipVerify;
}

/** `*` of the old tables stands for every registry. */
function hostsPath(snapshot: Snapshot, name: string): string {
  return join(certsDir(snapshot), name === '*' ? ANY_REGISTRY : name, 'hosts.toml');
}

/**
 * Endpoints in their order, then the registry itself where it is none of them; each by the TLS that `configs` has for its own host, as the
 * CRI plugin asks them (containerd internal/cri/server/images/image_pull.go, registryEndpoints).
 */
function hostsOf(one: OldRegistry, all: readonly OldRegistry[]): string {
  const { name } = one;
  const whole = one.endpoints.map((url) => (url.includes('://') ? url : `https://${url}`));
  const server = (url: string): WantedServer => {
    const host = URL.canParse(url) ? new URL(url).host : url;
    const { ca, client, skipVerify } = all.find((other) => other.name === host) ?? NO_TLS;
    return {
      url,
      ca: ca === null ? [] : [ca],
      client: client === null ? [] : [client],
      skipVerify,
    };
  };
  const own = whole.find((url) => URL.canParse(url) && new URL(url).host === name);
  const last = own ?? registryUrl(name);
  const others = whole.at(-1) === last ? whole.slice(0, -1) : whole;
  if (name === '*') return writeHosts(null, others.map(server));
  // containerd 1.7 passes over a CA that is named beside `server` and lies elsewhere (1.7.24 was asked); a host's it reads.
  const { ca, client, skipVerify } = server(last);
  const isOwn = ca.length > 0 || client.length > 0 || skipVerify;
  const hosts = isOwn && !others.includes(last) ? [...others, last] : others;
  return writeHosts(server(last), hosts.map(server));
}

const NO_TLS: Pick<OldRegistry, 'ca' | 'client' | 'skipVerify'> = {
  ...{ ca: null, client: null, skipVerify: false },
};

/** Their keys one by one: a table goes with the last of its keys. */
function withoutOld(
  { file, keys, table }: CriRegistry,
  old: readonly OldRegistry[],
  root: string,
): string {
  const gone = old.flatMap(({ name }) => [
    ...Object.keys(keysAt(table, ['mirrors', name])).map((key) => ['mirrors', name, key]),
    ...Object.keys(keysAt(table, ['configs', name, 'tls'])).map((key) => [
      'configs',
      name,
      'tls',
      key,
    ]),
  ]);
  const left = gone.reduce<TomlFile>(
    (now, path) => ({ ...now, text: unsetToml(now, [...keys, ...path]) }),
    { path: file.path, text: file.text },
  );
  if (typeof table.config_path === 'string' && table.config_path !== '') return left.text;
  return setToml(left, [...keys, 'config_path'], { value: root });
}

function keysAt(table: CriRegistry['table'], path: readonly string[]): object {
  const value = valueAt(table, path);
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}
