import { join } from 'node:path';
import { commentsPath } from '../dockerd/config/edit.js';
import { parseUnitCommand, type UnitCommand } from '../dockerd/observed/unit.js';
import { readsCertsDir } from '../trust/diagnosis/lint-certs-dir.js';
import { namesIn, textAt, type Tree } from '../plan/snapshot.js';
import { daemonCertificates } from './trust/certificates.js';
import { KUBELET_FILES } from './engine/cgroup.js';
import { clientConfigPath, clientConfigs } from './machine/client-config.js';
import { contextPaths } from './machine/client.js';
import { CONTAINERD_CONFIG } from './engine/containerd.js';
import type { DoctorFacts } from './facts.js';
import { readsStoreFully } from './trust/store.js';
import { FLAG_FILES } from './engine/unit-variables.js';

/** What the families look at, asked again with what was found. */
export function wantedPaths({
  observed,
  config,
  units,
  homes,
  clientEnv,
}: Pick<DoctorFacts, 'observed' | 'config' | 'units' | 'homes' | 'clientEnv'>): (
  tree: Tree,
) => string[] {
  const own = ['docker.service', 'docker.socket'].flatMap((name) => unitFiles(units.get(name)));
  const { manager, certsDir, configPath } = observed;
  const unit = manager.kind === 'systemd' ? unitFiles(units.get(manager.unit)) : [];
  return (tree) => [
    '/etc/docker/daemon.json',
    configPath,
    commentsPath(configPath),
    CONTAINERD_CONFIG,
    ...KUBELET_FILES,
    ...FLAG_FILES,
    ...new Set([...own, ...unit]),
    ...unit.flatMap((path) => environmentFiles(textAt(tree, path) ?? '')),
    ...daemonCertificates({ observed, config }),
    ...homes.map(clientConfigPath),
    ...contextPaths(clientConfigs({ homes, tree }), clientEnv),
    ...readsCerts(certsDir, tree),
    ...readsStoreFully(tree),
  ];
}

/** The unit and its drop-ins, in the order in which systemd reads them. */
export function unitFiles(properties: ReadonlyMap<string, string> | undefined): string[] {
  const [unit, dropIns] = ['FragmentPath', 'DropInPaths'].map(
    (name) => properties?.get(name) ?? '',
  );
  return [unit ?? '', ...(dropIns ?? '').split(' ')].filter((path) => path.startsWith('/'));
}

/** How dockerd's unit starts it, by the files of the tree; null where no unit does. */
export function unitCommand(
  { observed: { manager }, units }: Pick<DoctorFacts, 'observed' | 'units'>,
  tree: Tree,
): UnitCommand | null {
  if (manager.kind !== 'systemd') return null;
  const text = unitFiles(units.get(manager.unit))
    .map((path) => `# ${path}\n${textAt(tree, path) ?? ''}`)
    .join('\n');
  return parseUnitCommand(text, (path) => textAt(tree, path));
}

function environmentFiles(unit: string): readonly string[] {
  return parseUnitCommand(unit, () => null).environmentFiles.filter((path) => path.startsWith('/'));
}

/** A folder named `https:` has the registry's inside. */
function readsCerts(certsDir: string, tree: Tree): string[] {
  const folders = below(tree, certsDir);
  const inside = folders.filter((path) => path.endsWith(':')).flatMap((path) => below(tree, path));
  return [
    ...readsCertsDir(certsDir),
    ...folders,
    ...[...folders, ...inside].flatMap((folder) => [folder, ...below(tree, folder)]),
  ];
}

function below(tree: Tree, folder: string): string[] {
  return namesIn(tree, folder).map((name) => join(folder, name));
}
