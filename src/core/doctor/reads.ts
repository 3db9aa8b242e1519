import { dirname, join } from 'node:path';
import { commentsPath } from '../dockerd/config/edit.js';
import { parseUnitCommand, type UnitCommand } from '../dockerd/observed/unit.js';
import { readsCertsDir } from '../trust/diagnosis/lint-certs-dir.js';
import { namesIn, textAt, type Snapshot } from '../plan/snapshot.js';
import { stringsOf } from '../dockerd/options/meaning.js';
import { mirrorHosts } from '../dockerd/options/mirrors.js';
import { readsAskedServers } from '../trust/hosts/asked-servers.js';
import { attempt, isDockerctlError } from '../../errors.js';
import { readsContainerdConfig } from '../trust/consumers/containerd/containerd-config.js';
import { readsMirrorCas } from '../trust/mirrors/mirror-cas.js';
import { daemonCertificates } from './trust/certificates.js';
import { KUBELET_FILES } from './engine/cgroup.js';
import { clientConfigPath, clientConfigs } from './machine/client-config.js';
import { contextPaths } from './machine/client.js';
import { CONTAINERD_CONFIG } from './engine/containerd.js';
import type { DoctorFacts } from './facts.js';
import { readsStoreFully } from './trust/store.js';
import { PACKAGED_SUMS } from './engine/packaged-unit.js';
import { FLAG_FILES } from './engine/unit-variables.js';

/** Nobody waits for more; the CAs of the rest are not looked at. */
const MOST_MIRRORS = 1_000;

/** Where a socket unit's SocketGroup= is looked up, unless another source of names has it (nsswitch.conf(5)). */
export const GROUPS_FILE = '/etc/group';

/** What the families look at, asked again with what was found. */
export function wantedPaths({
  observed,
  config,
  units,
  homes,
  clientEnv,
}: Pick<DoctorFacts, 'observed' | 'config' | 'units' | 'homes' | 'clientEnv'>): (
  snapshot: Snapshot,
) => string[] {
  const own = ['docker.service', 'docker.socket', 'containerd.service'].flatMap((name) =>
    unitFiles(units.get(name)),
  );
  const { manager, certsDir, configPath } = observed;
  const unit = manager.kind === 'systemd' ? unitFiles(units.get(manager.unit)) : [];
  return (snapshot) => [
    '/etc/docker/daemon.json',
    configPath,
    dirname(configPath),
    commentsPath(configPath),
    ...containerdConfig(snapshot),
    ...KUBELET_FILES,
    ...FLAG_FILES,
    GROUPS_FILE,
    ...PACKAGED_SUMS,
    ...new Set([...own, ...unit]),
    ...unit.flatMap((path) => environmentFiles(textAt(snapshot, path) ?? '')),
    ...daemonCertificates({ observed, config }),
    ...homes.map(clientConfigPath),
    ...contextPaths(clientConfigs({ homes, snapshot }), clientEnv),
    ...readsCerts(certsDir, snapshot),
    ...readsStoreFully(snapshot),
    ...readsMirrorCas(
      {
        certsDir,
        mirrors: mirrorHosts(stringsOf(config?.['registry-mirrors'])).slice(0, MOST_MIRRORS),
      },
      snapshot,
    ),
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
  snapshot: Snapshot,
): UnitCommand | null {
  if (manager.kind !== 'systemd') return null;
  const text = unitFiles(units.get(manager.unit))
    .map((path) => `# ${path}\n${textAt(snapshot, path) ?? ''}`)
    .join('\n');
  return parseUnitCommand(text, (path) => textAt(snapshot, path));
}

/** One that is no TOML is told by its own family. */
function containerdConfig(snapshot: Snapshot): string[] {
  const paths = attempt(() => readsContainerdConfig(snapshot));
  return isDockerctlError(paths) ? [CONTAINERD_CONFIG] : paths;
}

function environmentFiles(unit: string): readonly string[] {
  return parseUnitCommand(unit, () => null).environmentFiles.filter((path) => path.startsWith('/'));
}

/** A folder named `https:` has the registry's inside. */
function readsCerts(certsDir: string, snapshot: Snapshot): string[] {
  const folders = below(snapshot, certsDir);
  const named = namesIn(snapshot, certsDir).flatMap((registry) =>
    readsAskedServers(snapshot, certsDir, registry),
  );
  const inside = folders
    .filter((path) => path.endsWith(':'))
    .flatMap((path) => below(snapshot, path));
  return [
    ...readsCertsDir(certsDir),
    ...below(snapshot, dirname(certsDir)).filter((path) =>
      /\/certs?(?:\.d|\.ds|d|ificates?)?$/i.test(path),
    ),
    ...folders,
    ...named,
    ...[...folders, ...inside].flatMap((folder) => [folder, ...below(snapshot, folder)]),
  ];
}

function below(snapshot: Snapshot, folder: string): string[] {
  return namesIn(snapshot, folder).map((name) => join(folder, name));
}
