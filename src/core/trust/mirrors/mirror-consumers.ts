import { ANY_REGISTRY } from '../hosts/any-registry.js';
import { join } from 'node:path';
import { writeHosts } from '../../formats/toml/hosts-toml.js';
import type { FileChange } from '../../plan/plan.js';
import { fileAt, namesIn, type Snapshot } from '../../plan/snapshot.js';
import { registryFileName } from '../../registry/address.js';
import { CA_FILE, readFolder } from '../contributions/cert-folder.js';
import type { Consumer, Machine, RegistryOnMachine } from '../contributions/consumer.js';
import {
  addConfigPath,
  certsDir,
  CRI_CLIENTS,
  restartFor,
} from '../consumers/containerd/containerd.js';
import { readsContainerdConfig } from '../consumers/containerd/containerd-config.js';
import { after, drop, NOTHING, put } from '../contributions/contribution.js';
import { CONTAINERD_CONFIG, REGISTRIES_CONF_D } from '../contributions/own-files.js';
import { insecureDropIn, podman } from '../consumers/podman.js';
import { recorded } from '../contributions/recorded.js';
import { serverUrl, serverWith, type MirrorRequest } from './mirror-request.js';

const HOSTS = 'hosts.toml';

/** dockerd with images in containerd, since 28.0: `/etc/docker/certs.d/<registry>/hosts.toml` (moby daemon/hosts.go). */
const docker: Consumer<MirrorRequest> = {
  name: 'docker',
  signs: ['/'],
  shared: [],
  reads: (subject, snapshot) => readsHosts(subject, snapshot, subject.machine.certsDir),
  add: (request, snapshot) => ({
    ...NOTHING,
    changes: hostsChanges(request, snapshot, request.machine.certsDir),
  }),
  remove: (subject, snapshot) => ({
    ...NOTHING,
    changes: drop(snapshot, join(subject.machine.certsDir, subject.registry.name, HOSTS)),
    prune: [join(subject.machine.certsDir, subject.registry.name), subject.machine.certsDir],
  }),
};

/** ctr, nerdctl and, by `config_path`, the CRI plugin (containerd docs/hosts.md). */
const containerd: Consumer<MirrorRequest> = {
  name: 'containerd',
  signs: ['/etc/containerd', '/usr/bin/ctr', '/usr/local/bin/ctr'],
  shared: [CONTAINERD_CONFIG, '/etc/containerd/conf.d/'],
  follow: (changes) => ({
    refresh: restartFor(changes.filter(({ path }) => path === CONTAINERD_CONFIG)),
    notes: [],
  }),
  reads: (subject, snapshot) => [
    ...readsContainerdConfig(snapshot),
    ...CRI_CLIENTS,
    ...readsHosts(subject, snapshot, certsDir(snapshot)),
  ],
  add(request, snapshot) {
    const cri = CRI_CLIENTS.some((path) => (snapshot.get(path) ?? null) !== null);
    const config = cri ? addConfigPath(snapshot) : { changes: [], notes: [] };
    return {
      ...NOTHING,
      changes: [...hostsChanges(request, snapshot, certsDir(snapshot)), ...config.changes],
      refresh: restartFor(config.changes),
      notes: config.notes,
    };
  },
  remove: ({ registry }, snapshot) => ({
    ...NOTHING,
    changes: drop(snapshot, join(certsDir(snapshot), registry.name, HOSTS)),
    prune: [join(certsDir(snapshot), registry.name), certsDir(snapshot), '/etc/containerd'],
  }),
};

const PODMAN_CERTS = '/etc/containers/certs.d';

/** podman, skopeo, buildah and CRI-O: `[[registry.mirror]]` in a drop-in (containers-registries.conf(5)). */
const containers: Consumer<MirrorRequest> = {
  name: 'podman',
  signs: podman.signs,
  shared: [],
  reads: (subject, snapshot) => [
    dropIn(subject),
    insecureDropIn(subject),
    PODMAN_CERTS,
    ...mirrorNames(subject).flatMap((name) => readFolder(snapshot, join(PODMAN_CERTS, name))),
  ],
  add(request, snapshot) {
    if (request.registry.name === ANY_REGISTRY)
      return {
        ...NOTHING,
        notes: ['podman knows no mirrors for all registries: name them, --for ghcr.io'],
      };
    const text = dropInText(request, fileAt(snapshot, insecureDropIn(request)) !== null);
    return {
      ...NOTHING,
      changes: [
        ...mirrorCas(request, snapshot, PODMAN_CERTS),
        ...put(snapshot, dropIn(request), { content: { text }, mode: 0o644 }),
      ],
    };
  },
  remove: (subject, snapshot) => ({
    ...NOTHING,
    changes: drop(snapshot, dropIn(subject)),
    prune: [REGISTRIES_CONF_D, PODMAN_CERTS, '/etc/containers'],
  }),
};

/** Who can have mirrors for any registry. */
export const MIRROR_CONSUMERS: readonly Consumer<MirrorRequest>[] = [
  docker,
  containerd,
  containers,
].map(recorded);

/** What they replace is recorded apart from what trust replaces: the same file may hold both. */
export function forMirrors(machine: Machine): Machine {
  return { ...machine, records: join(machine.records ?? '/var/lib/dockerctl/replaced', 'mirrors') };
}

function mirrorNames(subject: RegistryOnMachine): string[] {
  const { mirrors } = subject as Partial<MirrorRequest>;
  return (mirrors ?? []).map(({ name }) => name);
}

function readsHosts(subject: RegistryOnMachine, snapshot: Snapshot, root: string): string[] {
  return [subject.registry.name, ...mirrorNames(subject)].flatMap((name) => [
    root,
    ...readFolder(snapshot, join(root, name)),
  ]);
}

/** The CA beside each mirror's own name, and a hosts.toml that names it there. */
function hostsChanges(request: MirrorRequest, snapshot: Snapshot, root: string): FileChange[] {
  const { registry, mirrors, insecure } = request;
  const cas = mirrorCas(request, snapshot, root);
  const seen = after(snapshot, cas);
  const path = join(root, registry.name, HOSTS);
  const open = (name: string) => insecure.includes(name);
  const url = serverUrl(registry.name);
  const server =
    url === null
      ? null
      : serverWith(seen, join(root, registry.name), { url, skipVerify: open(registry.name) });
  const hosts = mirrors.map((one) =>
    serverWith(seen, join(root, one.name), { url: one.url, skipVerify: open(one.name) }),
  );
  const text = writeHosts(server, hosts);
  return [...cas, ...put(snapshot, path, { content: { text }, mode: 0o644 })];
}

function mirrorCas({ mirrors, ca }: MirrorRequest, snapshot: Snapshot, root: string): FileChange[] {
  if (ca === null) return [];
  return mirrors
    .filter(({ url }) => url.startsWith('https:'))
    .filter(({ name }) => !namesIn(snapshot, join(root, name)).some((one) => one.endsWith('.crt')))
    .flatMap(({ name }) =>
      put(snapshot, join(root, name, CA_FILE), { content: { text: ca }, mode: 0o644 }),
    );
}

/** After the one that says that a registry is insecure: the later file has the last word on a location. */
function dropIn({ registry }: RegistryOnMachine): string {
  return join(REGISTRIES_CONF_D, `95-dockerctl-mirrors-${registryFileName(registry.name)}.conf`);
}

function dropInText({ registry, mirrors }: MirrorRequest, insecure: boolean): string {
  const tables = mirrors.map(({ url }) => {
    const { host, pathname, protocol } = new URL(url);
    const location = JSON.stringify(`${host}${pathname.replace(/\/$/, '')}`);
    const open = protocol === 'http:' ? '\ninsecure = true' : '';
    return `\n[[registry.mirror]]\nlocation = ${location}${open}`;
  });
  const own = `[[registry]]\nlocation = ${JSON.stringify(registry.name)}${insecure ? '\ninsecure = true' : ''}`;
  return `${[own, ...tables].join('\n')}\n`;
}
