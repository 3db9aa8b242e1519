/** What a machine must have for a configuration to work there. */
export type NeedKind =
  | 'file'
  | 'device'
  | 'program'
  | 'folder'
  | 'socket'
  | 'user'
  | 'group'
  | 'bridge'
  | 'interface'
  | 'address'
  | 'filesystem'
  | 'kernel'
  | 'cgroup'
  | 'plugin'
  | 'rootlesskit'
  | 'service';

/** A fact about the machine that a rule could not look up. */
export interface Need {
  readonly needs: NeedKind;
  /** A path, a name, or words: `/usr/local/bin/runsc`, `btrfs below data-root`. */
  readonly what: string;
}

/** A need with the key that brings it, as `config validate` reports it. */
export interface MachineNeed extends Need {
  /** A key of daemon.json with its members, or a flag. */
  readonly key: string;
  /** Where the machine shows whether it has it. */
  readonly where: string;
  /** What fails without it. */
  readonly stops: 'start' | 'reload' | 'containers';
  /** The file, where there is one, and the place in it, counted from 1. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

const WHERE: Readonly<Record<NeedKind, string>> = {
  file: 'file system',
  device: 'lsblk, dmsetup ls',
  program: 'file system, PATH of docker.service',
  folder: 'file system',
  socket: 'file system',
  user: '/etc/passwd, /etc/subuid, /etc/subgid',
  group: '/etc/group',
  bridge: 'ip link show type bridge',
  interface: 'ip link',
  address: 'ip addr',
  filesystem: 'findmnt --target of data-root',
  kernel: 'file system, modprobe',
  cgroup: '/sys/fs/cgroup, exec-opts',
  plugin: 'docker plugin ls, /run/docker/plugins, /etc/docker/plugins',
  rootlesskit: 'docker info, SecurityOptions',
  service: 'the network: a container that starts',
};

/** Where an operator looks for what is needed. */
export function whereToLook({ needs }: Need): string {
  return WHERE[needs];
}

/** `/usr/local/bin/runsc, a program`; what is a sentence already stays. */
export function needText({ needs, what }: Need): string {
  const kinds: Partial<Record<NeedKind, string>> = {
    file: 'the file',
    device: 'the device',
    program: 'the program',
    folder: 'the folder',
    socket: 'the socket',
    user: 'the user',
    group: 'the group',
    bridge: 'the bridge',
    interface: 'the interface',
    address: 'the address',
    plugin: 'the plugin',
  };
  const kind = kinds[needs];
  return kind === undefined || what.startsWith('the ') ? what : `${kind} ${what}`;
}
