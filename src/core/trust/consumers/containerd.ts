import { join } from 'node:path';
import type { TomlTable } from 'smol-toml';
import type { FileChange, RefreshCommand } from '../../plan/plan.js';
import { readToml, setToml, unsetToml, valueAt } from '../../formats/toml/toml-edit.js';
import { dropCertificates, putCertificates, readFolder } from './cert-folder.js';
import type { Consumer, TrustRequest } from './consumer.js';
import { CONTAINERD_CONFIG as CONFIG } from './own-files.js';
import { drop, NOTHING, put } from './contribution.js';
import { addHosts, OURS, removeHosts } from './hosts-edit.js';
import { namesIn, textAt, type Snapshot } from '../../plan/snapshot.js';

const CERTS = '/etc/containerd/certs.d';
/** Who asks containerd's CRI plugin for images. Without one of them its config.toml is left alone. */
export const CRI_CLIENTS = [
  '/usr/bin/kubelet',
  '/usr/local/bin/kubelet',
  '/var/lib/kubelet',
  '/etc/crictl.yaml',
];

/** Where the CRI plugin is told of the folder, by the schema of config.toml. */
const CONFIG_PATH: Readonly<Record<string, readonly string[]>> = {
  1: ['plugins', 'cri', 'registry', 'config_path'],
  2: ['plugins', 'io.containerd.grpc.v1.cri', 'registry', 'config_path'],
  3: ['plugins', 'io.containerd.cri.v1.images', 'registry', 'config_path'],
};

/**
 * `<folder>/<host:port>/hosts.toml` with the certificates beside it (containerd docs/hosts.md). ctr and nerdctl read it
 * at every pull; the CRI plugin too, once its `config_path` names the folder, which takes a restart of containerd.
 */
export const containerd: Consumer = {
  name: 'containerd',
  signs: ['/etc/containerd', '/usr/bin/ctr', '/usr/local/bin/ctr'],

  shared: [CONFIG],

  follow: (changes) => ({
    refresh: restartFor(changes.filter(({ path }) => path === CONFIG)),
    notes: [],
  }),

  reads: (subject, snapshot) => [
    CONFIG,
    ...CRI_CLIENTS,
    certsDir(snapshot),
    ...readFolder(snapshot, join(certsDir(snapshot), subject.registry.name)),
  ],

  add(request, snapshot) {
    const folder = join(certsDir(snapshot), request.registry.name);
    const config = wantsConfig(request, snapshot)
      ? addConfigPath(snapshot)
      : { changes: [], notes: [] };
    return {
      ...NOTHING,
      changes: [
        ...putCertificates(snapshot, folder, request.material),
        ...addHosts(request, { snapshot, folder }),
        ...config.changes,
      ],
      refresh: restartFor(config.changes),
      notes: config.notes,
    };
  },

  remove({ registry }, snapshot) {
    const root = certsDir(snapshot);
    const folder = join(root, registry.name);
    const last = namesIn(snapshot, root).every((name) => name === registry.name);
    const config = last ? removeConfigPath(snapshot) : [];
    return {
      ...NOTHING,
      changes: [...dropCertificates(snapshot, folder), ...removeHosts(snapshot, folder), ...config],
      prune: [folder, root, '/etc/containerd'],
      refresh: restartFor(config),
    };
  },
};

/** `config_path` may list several folders; the first is as good as any. */
export function certsDir(snapshot: Snapshot): string {
  const [first = ''] = configured(snapshot).split(':');
  return first.startsWith('/') ? first : CERTS;
}

function configured(snapshot: Snapshot): string {
  const text = textAt(snapshot, CONFIG);
  if (text === null) return '';
  const value = valueAt(readToml({ path: CONFIG, text }), pathOf(readToml({ path: CONFIG, text })));
  return typeof value === 'string' ? value : '';
}

function pathOf(config: TomlTable): readonly string[] {
  const version = typeof config.version === 'number' ? config.version : 1;
  return CONFIG_PATH[version] ?? CONFIG_PATH[3] ?? [];
}

function wantsConfig({ machine }: TrustRequest, snapshot: Snapshot): boolean {
  const named = machine.chosen?.includes('containerd') === true;
  return named || CRI_CLIENTS.some((path) => (snapshot.get(path) ?? null) !== null);
}

export function addConfigPath(snapshot: Snapshot): { changes: FileChange[]; notes: string[] } {
  const text = textAt(snapshot, CONFIG) ?? 'version = 2\n';
  const config = readToml({ path: CONFIG, text });
  const path = pathOf(config);
  const disabled = Array.isArray(config.disabled_plugins) ? config.disabled_plugins : [];
  if (
    configured(snapshot) !== '' ||
    disabled.some((name) => typeof name === 'string' && name.endsWith('cri'))
  ) {
    return { changes: [], notes: [] };
  }
  const registry = valueAt(config, path.slice(0, -1));
  const old = ['mirrors', 'configs'].filter(
    (key) => !isEmptyTable(valueAt(config, [...path.slice(0, -1), key])),
  );
  if (registry !== undefined && old.length > 0) {
    return {
      changes: [],
      notes: [
        `${CONFIG} has the old registry.${old.join(' and registry.')}, beside which containerd refuses config_path: Kubernetes does not see this trust until they are moved into ${CERTS}`,
      ],
    };
  }
  const next = setToml({ path: CONFIG, text }, path, { value: CERTS, comment: OURS });
  return { changes: put(snapshot, CONFIG, { content: { text: next }, mode: 0o644 }), notes: [] };
}

function isEmptyTable(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function removeConfigPath(snapshot: Snapshot): FileChange[] {
  const text = textAt(snapshot, CONFIG);
  if (text?.includes(`# ${OURS}`) !== true) return [];
  const next = unsetToml({ path: CONFIG, text }, pathOf(readToml({ path: CONFIG, text })));
  return next === 'version = 2\n'
    ? drop(snapshot, CONFIG)
    : put(snapshot, CONFIG, { content: { text: next }, mode: 0o644 });
}

export function restartFor(changes: readonly FileChange[]): RefreshCommand[] {
  return changes.length === 0
    ? []
    : [
        {
          argv: ['systemctl', 'try-restart', 'containerd.service'],
          reason: `containerd reads ${CONFIG} at its start only; containers keep running`,
        },
      ];
}
