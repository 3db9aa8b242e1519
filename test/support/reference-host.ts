import type { FileKind, HostFacts } from '../../src/core/dockerd/validate/host-facts.js';

/** The command line of Debian's and docker's own unit. */
export const PACKAGED_ARGV: readonly string[] = [
  '/usr/sbin/dockerd',
  '-H',
  'fd://',
  '--containerd=/run/containerd/containerd.sock',
];

const HAS: ReadonlyMap<string, FileKind> = new Map([
  ['/run/containerd/containerd.sock', 'socket'],
  ['/usr/sbin/docker-proxy', 'executable'],
  ['/usr/bin/runc', 'executable'],
  ['/usr/sbin/runc', 'executable'],
  ['/etc/passwd', 'file'],
  ['/', 'folder'],
  ['/etc', 'folder'],
  // The data-root of a file of the corpus before those that name it without /.
  ['/data', 'folder'],
  ['/dev/null', 'other'],
]);

const LOG_DRIVERS = [
  'awslogs',
  'fluentd',
  'gelf',
  'journald',
  'json-file',
  'local',
  'splunk',
  'syslog',
];

/** Drivers that not every Debian build has. */
const MORE_LOG_DRIVERS: Readonly<Record<string, readonly string[]>> = {
  '20.10.24': ['gcplogs', 'logentries'],
  '26.1.5': ['gcplogs'],
};

function filesystemOf(path: string): string {
  if (/^\/proc(?:\/|$)/.test(path)) return 'proc';
  return /^\/var\/lib\/docker(?:\/|$)/.test(path) ? 'extfs' : 'overlayfs';
}

/**
 * The machine that real dockerds were asked on, each time without docker0: Debian's engine, overlay2 on ext4 below /var/lib/docker, cgroup v2 under systemd, none of
 * the programs and files that configurations name.
 */
export function referenceHost(version: string): HostFacts {
  return {
    filesystemOf,
    logDrivers: [...LOG_DRIVERS, ...(MORE_LOG_DRIVERS[version] ?? [])],
    logPlugins: () => [],
    cgroup: 'v2',
    systemd: true,
    ipForward: true,
    hasSnapshotter: () => false,
    swarm: 'inactive',
    hasSubordinateIds: () => false,
    rootlessKit: false,
    authorizationPlugins: [],
    addresses: ['127.0.0.1', '10.99.0.1'],
    usedNetworks: ['10.255.255.53/32'],
    interfaces: ['lo'],
    users: ['root', '0', 'daemon', '1', 'nobody', '65534'],
    groups: ['root', '0', 'docker', '999', 'nogroup', '65534'],
    kindOf: (path) => HAS.get(path) ?? null,
    isPem: () => false,
  };
}
