import { ANY_REGISTRY } from './any-registry.js';
import { registryUrl } from '../../dockerd/options/docker-hub.js';
import { isAbsolute, join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import { readHosts, type HostsFile, type HostsServer } from '../../formats/toml/hosts-toml.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';
import type { RegistryAddress } from '../../registry/address.js';

/** A server that is asked for the images of a registry. */
export interface AskedServer {
  /** As its hosts.toml has it: `https://mirror.example.com/v2/proxy`. */
  readonly url: string;
  readonly address: RegistryAddress;
  /** Where the API begins: `/v2`. */
  readonly path: string;
  readonly http: boolean;
  readonly skipVerify: boolean;
  readonly resolves: boolean;
  /** Absolute paths. */
  readonly ca: readonly string[];
  readonly client: readonly (readonly [string, string])[];
}

/** What a hosts.toml makes of a registry. */
export interface AskedByFile {
  readonly path: string;
  /** In their order; the registry itself, or `server`, comes last. */
  readonly servers: readonly AskedServer[];
  /** Servers are named beside the last: mirrors and insecure-registries of daemon.json do not count. */
  readonly several: boolean;
  /** The last is another host than the registry itself. */
  readonly endsElsewhere: boolean;
}

/** The folders of certs.d in which a reader of containerd's looks, in this order (hosts.go, hostPaths). */
export function hostFolders(certsDir: string, registry: string): string[] {
  const port = /^(.+):(\d+)$/.exec(registry);
  const underscored = port === null ? [] : [`${port[1] ?? ''}_${port[2] ?? ''}_`];
  return [...underscored, registry, ANY_REGISTRY].map((name) => join(certsDir, name));
}

/** The one that it takes: the first that is there. */
export function hostFolder(snapshot: Snapshot, certsDir: string, registry: string): string | null {
  return (
    hostFolders(certsDir, registry).find((path) => (snapshot.get(path) ?? null) !== null) ?? null
  );
}

/** What must be seen to know the servers. */
export function readsAskedServers(
  snapshot: Snapshot,
  certsDir: string,
  registry: string,
): readonly string[] {
  const folder = hostFolder(snapshot, certsDir, registry);
  return [
    ...hostFolders(certsDir, registry),
    ...(folder === null ? [] : [folder, join(folder, 'hosts.toml')]),
    ...(askedServers(snapshot, certsDir, registry)?.servers ?? []).flatMap(({ ca, client }) => [
      ...ca,
      ...client.flat(),
    ]),
  ];
}

/**
 * Which servers are asked for a registry's images, and how each is trusted, where a hosts.toml says so to a reader of
 * containerd's (core/remotes/docker/config/hosts.go; dockerd since 28.0 with images in containerd, moby daemon/hosts.go). null:
 * no such file, or one that is passed over.
 */
export function askedServers(
  snapshot: Snapshot,
  certsDir: string,
  registry: string,
): AskedByFile | null {
  const folder = hostFolder(snapshot, certsDir, registry);
  const path = folder === null ? '' : join(folder, 'hosts.toml');
  const text = textAt(snapshot, path);
  if (folder === null || text === null || text === '') return null;
  const file = attempt(() => readHosts(path, text));
  return isDockerctlError(file) ? null : { path, ...serversOf(file, folder, registry) };
}

function serversOf(file: HostsFile, folder: string, registry: string) {
  const own = { ...file.top, url: registryUrl(registry) };
  const servers = [...file.hosts, file.server ?? own].flatMap((server) => {
    const address = addressOf(server);
    return address === null ? [] : [{ ...server, ...address, ...files(server, folder) }];
  });
  const last = servers.at(-1)?.address.name;
  const endsElsewhere = last !== undefined && last !== new URL(own.url).host;
  return { servers, several: file.hosts.length > 0, endsElsewhere };
}

/** null: no URL; its reader fails on it, and dockerd says so itself. */
function addressOf({ url }: HostsServer): Pick<AskedServer, 'address' | 'http' | 'path'> | null {
  if (!URL.canParse(url)) return null;
  const { host: name, hostname, port, protocol, pathname } = new URL(url);
  const http = protocol === 'http:';
  const written = port === '' ? (http ? 80 : null) : Number(port);
  const address = { name, host: hostname.replace(/[[\]]/g, ''), port: written, notes: [] };
  const path = pathname.replace(/\/$/, '');
  return { address, http, path: path.endsWith('/v2') ? path : `${path}/v2` };
}

function files({ ca, client }: HostsServer, folder: string): Pick<AskedServer, 'ca' | 'client'> {
  const whole = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  return {
    ca: ca.map(whole),
    client: client.map(([cert, key]) => [whole(cert), whole(key)] as const),
  };
}
