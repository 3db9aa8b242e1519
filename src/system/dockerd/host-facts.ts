import type { FileKind, HostFacts } from '../../core/dockerd/validate/host-facts.js';
import {
  accountsIn,
  bridgeAddress,
  filesystemAt,
  hasRange,
  listeningPorts,
  localAddresses,
  onlyLocalAccounts,
  usedNetworks,
} from '../../core/dockerd/validate/host-files.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { atPointer } from '../../core/plan/expectation.js';
import type { JsonObject } from '../../core/formats/json/json-object.js';
import { pluginsOf } from './plugins.js';
import type { Host } from '../../host/host.js';

/** What of this machine decides whether its dockerd starts. What cannot be seen is left out, and then not judged. */
export function readHostFacts(
  host: Host,
  { info, manager }: Pick<ObservedDaemon, 'info'> & Partial<Pick<ObservedDaemon, 'manager'>>,
): HostFacts {
  // Below a root there are files of a machine that does not run.
  if (host.self.root !== null) return {};
  // RootlessKit runs a dockerd for a user.
  const ofSystem = manager?.kind === 'systemd' && !manager.user;
  const untold = ofSystem ? { rootlessKit: false } : {};
  return { ...fromFiles(host), ...(info === null ? untold : fromInfo(info)) };
}

function fromInfo(info: JsonObject): HostFacts {
  const logDrivers = atPointer(info, '/Plugins/Log');
  const swarm = atPointer(info, '/Swarm/LocalNodeState');
  const cgroup = info.CgroupVersion;
  const security = info.SecurityOptions;
  return {
    ...(Array.isArray(security) && { rootlessKit: security.includes('name=rootless') }),
    ...(Array.isArray(logDrivers) && { logDrivers: logDrivers.map(String) }),
    ...(typeof swarm === 'string' && { swarm: swarm === 'inactive' ? 'inactive' : 'active' }),
    ...((cgroup === '1' || cgroup === '2') && { cgroup: `v${cgroup}` }),
  };
}

function fromFiles(host: Host): HostFacts {
  const text = (path: string) => readText(host, path);
  const mounts = text('/proc/self/mountinfo');
  const trie = text('/proc/net/fib_trie');
  const addresses = trie === null ? null : localAddresses(trie);
  const bridge =
    addresses === null ? null : bridgeAddress(text('/proc/net/route') ?? '', addresses);
  const plugins = pluginsOf(host, 'authz');
  const forward = text('/proc/sys/net/ipv4/ip_forward');
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].map(text).filter((table) => table !== null);
  const local = onlyLocalAccounts(text('/etc/nsswitch.conf') ?? '');
  return {
    kindOf: (path) => kindOf(host, path),
    isEmptyFolder: (path) => listNames(host, path).length === 0,
    logPlugins: (root) => pluginsOf(host, 'logdriver', root),
    isPem: (path) => text(path)?.includes('-----BEGIN ') ?? true,
    hasModule: (name) => {
      const release = text('/proc/sys/kernel/osrelease')?.trim() ?? '';
      return text(`/lib/modules/${release}/modules.dep`)?.includes(`/${name}.ko`) === true;
    },
    hasSnapshotter: (name) => text('/etc/containerd/config.toml')?.includes(name) === true,
    systemd: kindOf(host, '/run/systemd/system') === 'folder',
    cgroup: kindOf(host, '/sys/fs/cgroup/cgroup.controllers') === null ? 'v1' : 'v2',
    usedNetworks: usedNetworks(text('/proc/net/route') ?? '', text('/etc/resolv.conf') ?? ''),
    interfaces: listNames(host, '/sys/class/net'),
    ...(forward !== null && { ipForward: forward.trim() === '1' }),
    ...(sockets.length > 0 && {
      listensAt: (port: number) => listeningPorts(sockets).includes(port),
    }),
    ...(mounts !== null && { filesystemOf: (path: string) => filesystemAt(mounts, path) ?? '' }),
    ...(addresses !== null && { addresses }),
    ...(plugins !== null && { authorizationPlugins: plugins }),
    ...(bridge !== null && { bridgeAddress: bridge }),
    ...(local && {
      users: accountsIn(text('/etc/passwd') ?? ''),
      hasSubordinateIds: (user: string) =>
        ['/etc/subuid', '/etc/subgid'].every((path) =>
          hasRange(user, { passwd: text('/etc/passwd') ?? '', ranges: text(path) ?? '' }),
        ),
      groups: accountsIn(text('/etc/group') ?? ''),
    }),
  };
}

function kindOf({ fs }: Host, path: string): FileKind | null {
  try {
    const stat = path.startsWith('/') ? fs.stat(path, { follow: true }) : null;
    if (stat === null) return null;
    if (stat.kind === 'file') return (stat.mode & 0o111) === 0 ? 'file' : 'executable';
    return stat.kind === 'link' ? 'other' : stat.kind;
  } catch {
    // A folder that we may not enter: whoever asks must not take the file for missing.
    return 'hidden';
  }
}

function readText({ fs }: Host, path: string): string | null {
  try {
    return Buffer.from(fs.read(path, 4 * 1024 * 1024)).toString('utf8');
  } catch {
    return null;
  }
}

function listNames({ fs }: Host, path: string): string[] {
  try {
    return fs.list(path);
  } catch {
    return [];
  }
}
