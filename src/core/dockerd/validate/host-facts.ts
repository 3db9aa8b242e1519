/**
 * What is at a path: `executable` is a file that root may execute, `other` a device or pipe, `hidden` what we may not look at.
 * Where there is nothing it is null.
 */
export type FileKind = 'file' | 'executable' | 'folder' | 'socket' | 'other' | 'hidden';

/**
 * What of a machine decides whether dockerd starts with a configuration. Each part that is not given is not judged:
 * `config validate` on a laptop without docker gives none.
 */
export interface HostFacts {
  /** File system that holds a path or its nearest folder, in dockerd's words: extfs, xfs, btrfs, overlayfs. */
  readonly filesystemOf?: (path: string) => string;
  /** Logging drivers that this engine was built with (/info, Plugins.Log): plugins are not among them. */
  readonly logDrivers?: readonly string[];
  /** Logging drivers that are plugins, by the names that dockerd finds them by, where data-root is this folder; null where nobody may look. */
  readonly logPlugins?: (dataRoot: string) => readonly string[] | null;
  readonly cgroup?: 'v1' | 'v2';
  /** systemd is process 1, so that cgroup v2 makes dockerd use its driver. */
  readonly systemd?: boolean;
  readonly swarm?: 'active' | 'inactive';
  /** Addresses of the interfaces. */
  readonly addresses?: readonly string[];
  /** Blocks that the routes and name servers of the machine lie in; docker0's own is not among them. */
  readonly usedNetworks?: readonly string[];
  /** sysctl net.ipv4.ip_forward. */
  readonly ipForward?: boolean;
  /** Somebody listens on this tcp port. */
  readonly listensAt?: (port: number) => boolean;
  /** Network devices, for `bridge`. */
  readonly interfaces?: readonly string[];
  /** The address of docker0 with its block, `172.17.0.1/16`. */
  readonly bridgeAddress?: string;
  /** Names and numbers of the accounts. */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  /** The user, by name or number, has ranges in /etc/subuid and /etc/subgid. */
  readonly hasSubordinateIds?: (user: string) => boolean;
  /** dockerd runs below RootlessKit, as a user's daemon does. */
  readonly rootlessKit?: boolean;
  /** Authorization plugins that answer. */
  readonly authorizationPlugins?: readonly string[];
  /** The kernel has the module on disk, to be loaded when somebody asks for it. */
  readonly hasModule?: (name: string) => boolean;
  /** containerd may have the snapshotter, for all that its configuration says. */
  readonly hasSnapshotter?: (name: string) => boolean;
  readonly kindOf?: (path: string) => FileKind | null;
  /** Nothing is in the folder. */
  readonly isEmptyFolder?: (path: string) => boolean;
  /** The file holds a block of PEM, or may not be looked at. */
  readonly isPem?: (path: string) => boolean;
}
