import { join } from 'node:path';
import type { FileChange, RefreshCommand } from '../../../plan/plan.js';
import { readToml, setToml, unsetToml } from '../../../formats/toml/toml-edit.js';
import { dropCertificates, putCertificates, readFolder } from '../../contributions/cert-folder.js';
import {
  containerdFiles,
  criRegistry,
  readsContainerdConfig,
  registryKeys,
} from './containerd-config.js';
import type { Consumer, TrustRequest } from '../../contributions/consumer.js';
import { CONTAINERD_CONFIG as CONFIG } from '../../contributions/own-files.js';
import { drop, NOTHING, put } from '../../contributions/contribution.js';
import { addHosts, OURS, removeHosts } from '../../contributions/hosts-edit.js';
import { namesIn, textAt, type Snapshot } from '../../../plan/snapshot.js';

export const CONTAINERD_CERTS = '/etc/containerd/certs.d';
/** Who asks containerd's CRI plugin for images. Without one of them its config.toml is left alone. */
export const CRI_CLIENTS = [
  '/usr/bin/kubelet',
  '/usr/local/bin/kubelet',
  '/var/lib/kubelet',
  '/etc/crictl.yaml',
];

/**
 * `<folder>/<host:port>/hosts.toml` with the certificates beside it (containerd docs/hosts.md). ctr and nerdctl read it
 * at every pull; the CRI plugin too, once its `config_path` names the folder, which takes a restart of containerd.
 */
export const containerd: Consumer = {
  name: 'containerd',
  signs: ['/etc/containerd', '/usr/bin/ctr', '/usr/local/bin/ctr'],

  shared: [CONFIG, '/etc/containerd/conf.d/'],

  follow: (changes) => ({
    refresh: restartFor(
      changes.filter(({ path }) => path === CONFIG || path.startsWith('/etc/containerd/conf.d/')),
    ),
    notes: [],
  }),

  reads: (subject, snapshot) => [
    ...readsContainerdConfig(snapshot),
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
  return first.startsWith('/') ? first : CONTAINERD_CERTS;
}

function configured(snapshot: Snapshot): string {
  const value = criRegistry(snapshot)?.table.config_path;
  return typeof value === 'string' ? value : '';
}

function wantsConfig({ machine }: TrustRequest, snapshot: Snapshot): boolean {
  const named = machine.chosen?.includes('containerd') === true && machine.declared !== true;
  return named || CRI_CLIENTS.some((path) => (snapshot.get(path) ?? null) !== null);
}

export function addConfigPath(snapshot: Snapshot): { changes: FileChange[]; notes: string[] } {
  const files = containerdFiles(snapshot);
  const cri = criRegistry(snapshot);
  const text = textAt(snapshot, CONFIG) ?? 'version = 2\n';
  // An imported file with a table of the plugin replaces what config.toml says of it.
  const file = cri?.file ?? { path: CONFIG, text, table: readToml({ path: CONFIG, text }) };
  const disabled = files.flatMap(({ table }) =>
    Array.isArray(table.disabled_plugins) ? table.disabled_plugins : [],
  );
  if (
    configured(snapshot) !== '' ||
    disabled.some((name) => typeof name === 'string' && name.endsWith('cri'))
  ) {
    return { changes: [], notes: [] };
  }
  const old = ['mirrors', 'configs'].filter((key) => !isEmptyTable(cri?.table[key]));
  if (old.length > 0) {
    return {
      changes: [],
      notes: [
        `${file.path} has the old registry.${old.join(' and registry.')}, beside which containerd refuses config_path: Kubernetes does not see this trust until \`dockerctl trust migrate --to containerd\` has moved them into ${CONTAINERD_CERTS}`,
      ],
    };
  }
  const path = [...registryKeys(file.table), 'config_path'];
  const next = setToml(file, path, { value: CONTAINERD_CERTS, comment: OURS });
  return { changes: put(snapshot, file.path, { content: { text: next }, mode: 0o644 }), notes: [] };
}

function isEmptyTable(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function removeConfigPath(snapshot: Snapshot): FileChange[] {
  return containerdFiles(snapshot).flatMap((file) => {
    if (!file.text.includes(`# ${OURS}`)) return [];
    const next = unsetToml(file, [...registryKeys(file.table), 'config_path']);
    return next === 'version = 2\n'
      ? drop(snapshot, file.path)
      : put(snapshot, file.path, { content: { text: next }, mode: 0o644 });
  });
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
