/** The command line of Debian's and docker's own unit. */
export const PACKAGED_ARGV = [
  '/usr/sbin/dockerd',
  '-H',
  'fd://',
  '--containerd=/run/containerd/containerd.sock',
];

/**
 * The machine that labelled configurations were started on: overlay2 on ext4, cgroup v2 under systemd, Debian's dockerd,
 * none of the programs and files that configurations name.
 */
export const LABEL_HOST = {
  storageDrivers: ['overlay2', 'overlay', 'vfs'],
  filesystemOf: (path) =>
    /^\/var\/lib\/(docker|containerd)(\/|$)/.test(path) ? 'extfs' : 'overlayfs',
  cgroup: 'v2',
  systemd: true,
  swarm: 'inactive',
  addresses: ['127.0.0.1', '10.99.0.1'],
  interfaces: ['lo', 'docker0'],
  bridgeAddress: '172.17.0.1/16',
  groups: ['root', 'docker', 'adm', 'staff', 'users', 'nogroup'],
  users: ['root', 'daemon', 'nobody', 'www-data'],
  kindOf: (path) => HAS[path] ?? null,
};

const HAS = {
  '/run/containerd/containerd.sock': 'socket',
  '/usr/sbin/docker-proxy': 'executable',
  '/usr/bin/docker-proxy': 'executable',
  '/usr/libexec/docker/docker-proxy': 'executable',
  '/usr/sbin/runc': 'executable',
  '/usr/bin/runc': 'executable',
  '/etc/passwd': 'file',
};

/** Counts how often `ours` equals `real`, and lists where not. */
export function compare(rows) {
  const wrong = rows.filter(({ ours, real }) => ours !== real);
  return { total: rows.length, right: rows.length - wrong.length, wrong };
}

export function percent({ total, right }) {
  return `${right}/${total} (${((100 * right) / Math.max(total, 1)).toFixed(1)} %)`;
}
