import type { DoctorFacts } from '../../src/core/doctor/facts.js';
import { contentOf } from '../../src/core/plan/content.js';
import type { FileImage } from '../../src/core/plan/plan.js';
import type { SnapshotEntry, Snapshot } from '../../src/core/plan/snapshot.js';
import { dockerdWords, parseUnitCommand } from '../../src/core/dockerd/observed/unit.js';
import { NO_WITNESSES } from '../../src/core/dockerd/observed/witnesses.js';
import { observedDaemon } from './observed-daemon.js';

/** Docker's own unit, as its packages have it. */
export const PACKAGED_UNIT = '/usr/lib/systemd/system/docker.service';
const PACKAGED = `[Service]
EnvironmentFile=-/etc/default/docker
ExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock $DOCKER_OPTS
`;
const ARGV = ['/usr/sbin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];

/** Files by path, with the folders above them. */
export function treeOf(files: Readonly<Record<string, string | Uint8Array | FileImage>>): Snapshot {
  const snapshot = new Map<string, SnapshotEntry | null>();
  for (const [path, content] of Object.entries(files)) {
    snapshot.set(path, { kind: 'file', image: imageOf(content) });
    for (let at = path; at.lastIndexOf('/') > 0; at = at.slice(0, at.lastIndexOf('/'))) {
      const folder = at.slice(0, at.lastIndexOf('/'));
      const entry = snapshot.get(folder);
      const names = entry?.kind === 'folder' ? entry.names : [];
      const name = at.slice(folder.length + 1);
      snapshot.set(folder, { kind: 'folder', names: [...new Set([...names, name])].sort() });
    }
  }
  return snapshot;
}

export function imageOf(content: string | Uint8Array | FileImage): FileImage {
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) return content;
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { content: contentOf(bytes), mode: 0o644, uid: 0, gid: 0 };
}

/** What dockerd says of itself without a file. */
const INFO = {
  Debug: false,
  ExperimentalBuild: false,
  LiveRestoreEnabled: false,
  DefaultRuntime: 'runc',
  LoggingDriver: 'json-file',
  CgroupDriver: 'systemd',
  CgroupVersion: '2',
  Labels: [],
  Runtimes: { runc: {} },
  DockerRootDir: '/var/lib/docker',
  RegistryConfig: { Mirrors: [], InsecureRegistryCIDRs: ['127.0.0.0/8'], IndexConfigs: {} },
};

const ACTIVE = {
  LoadState: 'loaded',
  ActiveState: 'active',
  Result: 'success',
  UnitFileState: 'enabled',
  NeedDaemonReload: 'no',
};

export interface Machine {
  readonly files?: Readonly<Record<string, string | Uint8Array | FileImage>>;
  /** Properties that differ from those of a unit that runs. */
  readonly units?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly observed?: Parameters<typeof observedDaemon>[0];
  readonly facts?: Partial<DoctorFacts>;
}

/** A machine in order, but for what is said. daemon.json is the file of that name. */
export function doctorFacts({
  files = {},
  units = {},
  observed = {},
  facts = {},
}: Machine = {}): DoctorFacts {
  const all: NonNullable<Machine['files']> = { [PACKAGED_UNIT]: PACKAGED, ...files };
  const snapshot = treeOf(all);
  const text = Object.entries(all)
    .filter(([path]) => /\/docker\.service(?:$|\.d\/)/.test(path))
    .map(([path, content]) => `# ${path}\n${typeof content === 'string' ? content : ''}`);
  const config = all['/etc/docker/daemon.json'];
  const paths = Object.keys(all).filter((path) => path.includes('/docker.service'));
  const unitsOf: Record<string, Readonly<Record<string, string>>> = {
    'docker.service': {
      FragmentPath: paths.at(0) ?? '',
      DropInPaths: paths.slice(1).join(' '),
    },
    'docker.socket': { SocketMode: '0660' },
    'containerd.service': {},
    ...units,
  };
  const unit = parseUnitCommand(text.join('\n'), (path) => {
    const content = all[path];
    return typeof content === 'string' ? content : null;
  });
  return {
    now: Date.parse('2026-11-21'),
    observed: observedDaemon({
      argv: ARGV,
      startWords: dockerdWords(unit.words),
      witnesses: {
        ...NO_WITNESSES,
        environment: new Map(),
        reload: { kind: 'none' },
        fileIsOlder: true,
      },
      info: INFO,
      configFile: config === undefined ? null : imageOf(config),
      ...observed,
      ...(observed.info && { info: { ...INFO, ...observed.info } }),
    }),
    configHidden: null,
    config: parsed(config),
    host: { systemd: true, kindOf: () => null },
    units: new Map(
      Object.entries(unitsOf).map(([name, properties]) => [
        name,
        new Map(Object.entries({ ...ACTIVE, ...properties })),
      ]),
    ),
    unit,
    startedAt: Date.parse('2026-11-20'),
    failedStart: null,
    halted: false,
    openFiles: [],
    socketMode: 0o660,
    openChange: null,
    snapshot,
    secrets: new Map(),
    changedAt: new Map(),
    filesOnly: false,
    stateHidden: false,
    unreadable: [],
    homes: ['/root'],
    clientEnv: { host: null, context: null, home: '/root' },
    path: ['/usr/bin'],
    disk: { path: '/var/lib/docker', freeBytes: 50 * 1024 ** 3, sizeBytes: 100 * 1024 ** 3 },
    contained: false,
    certificates: [],
    agentOutdated: false,
    agentTrouble: null,
    pause: null,
    declared: false,
    dialled: null,
    ...facts,
  };
}

function parsed(content: string | Uint8Array | FileImage | undefined): DoctorFacts['config'] {
  if (content === undefined) return {};
  if (typeof content !== 'string') return null;
  try {
    return JSON.parse(content) as DoctorFacts['config'];
  } catch {
    return null;
  }
}
