import { isMap, isScalar } from 'yaml';
import type { TomlValue } from 'smol-toml';
import { attempt, isDockerctlError } from '../../../errors.js';
import { isTable, readToml, valueAt } from '../../formats/toml/toml-edit.js';
import {
  criRegistry,
  oldRegistries,
  readsContainerdConfig,
} from './containerd/containerd-config.js';
import type { ConsumerName } from '../contributions/consumer.js';
import { parseRegistries } from './k3s.js';
import {
  BUILDKITD,
  CONTAINERD_CONFIG,
  REGISTRIES_CONF,
  REGISTRIES_CONF_D,
  REGISTRIES_YAML,
} from '../contributions/own-files.js';
import { namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';

/** What a consumer's own file says of one registry; the certificates it names may lie anywhere. */
export interface Configured {
  readonly consumer: ConsumerName;
  readonly registry: string;
  readonly ca: readonly string[];
  readonly client: readonly string[];
  readonly insecure: boolean;
  /** Other servers that are asked in its place. */
  readonly asks?: readonly string[];
}

interface ConfiguredSource {
  readonly consumer: ConsumerName;
  readonly files: (snapshot: Snapshot) => readonly string[];
  readonly read: (path: string, text: string) => Omit<Configured, 'consumer'>[];
}

const SOURCES: readonly ConfiguredSource[] = [
  { consumer: 'podman', files: containersFiles, read: readContainers },
  { consumer: 'buildkit', files: () => [BUILDKITD], read: readBuildkit },
  { consumer: 'k3s', files: () => REGISTRIES_YAML, read: readK3s },
];

export function readsConfigured(snapshot: Snapshot): readonly string[] {
  const containerd = attempt(() => readsContainerdConfig(snapshot));
  return [
    REGISTRIES_CONF_D,
    ...(isDockerctlError(containerd) ? [CONTAINERD_CONFIG] : containerd),
    ...SOURCES.flatMap(({ files }) => files(snapshot)),
    ...listConfigured(snapshot).configured.flatMap(({ ca, client }) => [...ca, ...client]),
  ];
}

/** A file that cannot be read hides what it says: `notes` tell which. */
export function listConfigured(snapshot: Snapshot): {
  readonly configured: readonly Configured[];
  readonly notes: readonly string[];
} {
  const configured: Configured[] = [];
  const notes: string[] = [];
  for (const { consumer, files, read } of SOURCES) {
    for (const path of files(snapshot)) {
      try {
        const found = read(path, textAt(snapshot, path) ?? '');
        configured.push(...found.map((one) => ({ consumer, ...one })));
      } catch (error) {
        if (!isDockerctlError(error)) throw error;
        notes.push(`${error.message}: what it trusts is not listed`);
      }
    }
  }
  configured.push(...byOldTables(snapshot));
  return { configured, notes };
}

/** `registry.configs` and `registry.mirrors` of the CRI plugin; of a file that cannot be read others tell. */
function byOldTables(snapshot: Snapshot): Configured[] {
  const cri = attempt(() => criRegistry(snapshot));
  if (cri === null || isDockerctlError(cri)) return [];
  return oldRegistries(cri).map(({ name, ca, client, skipVerify, endpoints }) => ({
    consumer: 'containerd',
    registry: name,
    ca: [ca].filter(isCertificatePath),
    client: [client?.[0]].filter(isCertificatePath),
    insecure: skipVerify || endpoints.some((url) => url.startsWith('http:')),
    asks: endpoints.filter((url) => !URL.canParse(url) || new URL(url).host !== name),
  }));
}

/** containers-registries.conf(5), of both versions. */
function containersFiles(snapshot: Snapshot): string[] {
  const dropIns = namesIn(snapshot, REGISTRIES_CONF_D).filter((name) => name.endsWith('.conf'));
  return [REGISTRIES_CONF, ...dropIns.map((name) => `${REGISTRIES_CONF_D}/${name}`)];
}

function readContainers(path: string, text: string) {
  const config = readToml({ path, text });
  const { registry } = config;
  const tables = Array.isArray(registry) ? registry.filter(isTable) : [];
  const open = tables
    .filter(({ insecure }) => insecure === true)
    .map(({ location, prefix }) => location ?? prefix);
  return [...open, ...listOf(valueAt(config, ['registries', 'insecure', 'registries']))]
    .filter((name) => typeof name === 'string')
    .map((name) => ({ registry: name, ca: [], client: [], insecure: true }));
}

/** moby/buildkit docs/buildkitd.toml.md */
function readBuildkit(path: string, text: string) {
  const { registry } = readToml({ path, text });
  return Object.entries(isTable(registry) ? registry : {}).flatMap(([name, value]) => {
    if (!isTable(value)) return [];
    const pairs = listOf(value.keypair).filter(isTable);
    const ca = listOf(value.ca).filter(isCertificatePath);
    const client = pairs.map(({ cert }) => cert).filter(isCertificatePath);
    const insecure = value.insecure === true || value.http === true;
    return [{ registry: name, ca, client, insecure }];
  });
}

/** docs.k3s.io/installation/private-registry */
function readK3s(path: string, text: string) {
  const document = parseRegistries(path, text);
  const configs = document.get('configs', true);
  const names = isMap(configs) ? configs.items.map(({ key }) => isScalar(key) && key.value) : [];
  return names
    .filter((name) => typeof name === 'string')
    .map((name) => {
      const tls = (key: string) => document.getIn(['configs', name, 'tls', key]);
      const ca = [tls('ca_file')].filter(isCertificatePath);
      const client = [tls('cert_file')].filter(isCertificatePath);
      return { registry: name, ca, client, insecure: tls('insecure_skip_verify') === true };
    });
}

function listOf(value: TomlValue | undefined): readonly TomlValue[] {
  return Array.isArray(value) ? value : [];
}

/** A whole path, and not that of a key, which nobody but its reader opens. */
function isCertificatePath(path: unknown): path is string {
  return typeof path === 'string' && path.startsWith('/') && !path.endsWith('.key');
}
