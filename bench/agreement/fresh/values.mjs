// For each key of the table, values on both sides of what dockerd accepts.
import fc from 'fast-check';
import { join, list, maybe, pick, whole } from './arbitraries.mjs';
import {
  address,
  file,
  hostname,
  mirror,
  pair,
  port,
  registry,
  size,
  truth,
  word,
} from './texts.mjs';
import { NETWORK } from './values-of-network.mjs';
import { builder, logging, logOptions, runtime } from './values-of-objects.mjs';

const { constant, constantFrom, dictionary, oneof } = fc;

const cgroup = join(
  pick(
    'native.cgroupdriver|native.cgroupdriver|native.cgroupdriver|Native.CgroupDriver',
    'native.cgroup|cgroupdriver| native.cgroupdriver|',
  ),
  pick('=|=|=| = ||:'),
  pick('systemd|cgroupfs|systemd |Systemd|none|'),
);

const bind = oneof(
  pick('fd://|unix:///var/run/docker.sock|tcp://127.0.0.1:2375||1.2.3.4|npipe:////./pipe/x'),
  join(pick('tcp://||http://|TCP://'), hostname, constant(':'), port),
);

/** By key; what is not here takes a value of its shape. */
export const VALUES = {
  'insecure-registries': list(registry),
  'registry-mirrors': list(mirror),
  'allow-nondistributable-artifacts': list(registry),
  'log-level': pick(
    'debug|info|warn|warning|error|fatal|panic|trace|INFO|Debug|verbose|off||info ',
    'WARNING|err|0',
  ),
  'log-format': pick('text|json|JSON||logfmt|Text|json '),
  hosts: list(bind),
  group: pick('docker|root|nobody|nogroup|wheel|0|999|12345||do cker|Docker'),
  'storage-driver': pick(
    'overlay2|overlay2|vfs|overlay|aufs|devicemapper|btrfs|zfs|fuse-overlayfs|overlayfs',
    'Overlay2||overlay2 |windowsfilter|native|stargz',
  ),
  'storage-opts': list(
    oneof(
      join(
        pick(
          'overlay2.size|overlay2.override_kernel_check|size|dm.basesize|btrfs.min_space',
          'overlay.mountopt|Overlay2.Size|zfs.fsname|dm.thinpooldev|overlay2.size ',
        ),
        pick('=|=|| = '),
        oneof(size, truth),
      ),
      word,
    ),
  ),
  'log-opts': logging.map((both) => both['log-opts']),
  'log-driver': constantFrom(
    ...Object.keys(logOptions),
    'none',
    'loki:latest',
    'grafana/loki',
    'JSON-FILE',
  ),
  'exec-opts': list(cgroup),
  'cgroup-parent': pick(
    'docker.slice|a-b.slice|.slice|/docker|docker|docker.slice/|system.slice ||x.Slice',
    '/x.slice',
  ),
  'default-runtime': pick(
    'runc|nvidia|crun|io.containerd.runc.v2|io.containerd.runsc.v1',
    'io.containerd.runtime.v1.linux|a.b|a/b||kata-fc|.x|x.|Runc|a.b/c',
  ),
  runtimes: dictionary(
    pick('runc|nvidia|crun|kata|a/b||x y|io.containerd.runc.v2|Runc|..'),
    runtime,
    { maxKeys: 2 },
  ),
  'default-ulimits': dictionary(
    pick('nofile|nproc|memlock|NOFILE|bogus|'),
    oneof(
      maybe({
        Name: pick('nofile|NOFILE|x|'),
        Hard: whole,
        Soft: whole,
        hard: whole,
        Extra: word,
      }),
      constantFrom(
        1024,
        '1024:2048',
        null,
        [],
        { Hard: '64000' },
        { Hard: -1, Soft: -1 },
        { Hard: 1.5 },
      ),
    ),
    { maxKeys: 2 },
  ),
  ...NETWORK,
  'max-concurrent-downloads': whole,
  'max-concurrent-uploads': whole,
  'max-download-attempts': whole,
  'shutdown-timeout': whole,
  labels: list(pair),
  'node-generic-resources': list(
    oneof(
      pair,
      pick(
        'NVIDIA-GPU=UUID1|gpu=2|gpu=-1|gpu=1.5|gpu=0|SSD=ssd1|a=b=c|gpu=|gpu|gpu= 3',
        'gpu=99999999999999999999',
      ),
    ),
  ),
  features: dictionary(
    pick('buildkit|containerd-snapshotter|cdi|windows-dns-proxy|x||Buildkit'),
    constantFrom(true, false, null, 'true', 1),
    { maxKeys: 2 },
  ),
  'default-shm-size': oneof(size, size, whole),
  'default-ipc-mode': pick('private|shareable|host||Private|none|container:x'),
  'default-cgroupns-mode': pick('private|host||HOST|shareable'),
  'userns-remap': pick(
    '|default|nobody|root|65534|daemon:daemon|ghost|a:b:c|:|1000:1000|nobody:nogroup',
    'default:default|root:root|1|1:1',
  ),
  'seccomp-profile': oneof(pick('builtin|unconfined|default|'), file),
  'api-cors-header': pick('|*|http://x'),
  'metrics-addr': oneof(
    pick(
      '127.0.0.1:9323|0.0.0.0:9323|:9323||9323|localhost:9323|[::1]:9323|[::]:9323',
      '127.0.0.1|127.0.0.1:|127.0.0.1:0|127.0.0.1:http|10.99.0.1:9323|8.8.8.8:9323',
      'tcp://127.0.0.1:1|127.0.0.1:9323 |127.0.0.1:http',
    ),
  ),
  proxies: oneof(
    maybe({
      'http-proxy': oneof(mirror, word),
      'https-proxy': mirror,
      'no-proxy': pick('localhost|*|10.0.0.0/8,.x|'),
    }),
    constantFrom(
      { default: { httpProxy: 'http://p' } },
      { httpProxy: 'http://p' },
      { HTTP_PROXY: 'http://p' },
      { 'http-proxy': null },
      { 'no-proxy': ['a', 'b'] },
      null,
      [],
      'http://p',
      { 'Http-Proxy': 'http://p' },
    ),
  ),
  builder,
  'cdi-spec-dirs': list(file),
  tlscacert: file,
  tlscert: file,
  tlskey: file,
  'init-path': file,
  pidfile: pick('/run/docker.pid|/nonexistent/x.pid||/etc'),
  'data-root': pick(
    '/var/lib/docker|/var/lib/docker/sub||/etc/passwd|/opt/docker|relative|/etc/passwd/x',
    '/var/lib/dockerx|/proc/x',
  ),
  'exec-root': pick('/run/docker||/etc/passwd|relative|/run/docker-x'),
  graph: pick('/var/lib/docker||/opt/docker'),
  containerd: file,
  'containerd-namespace': pick('moby|plugins.moby||x|a b|a/b|Moby|-x'),
  'containerd-plugins-namespace': pick('plugins.moby|moby|'),
  'userland-proxy-path': file,
  'cluster-store': pick('|consul://x:8500|etcd://x|x'),
  'cluster-advertise': pick('|10.0.0.1:2376|eth0:2376|x'),
  'cluster-store-opts': constantFrom({}, { 'kv.path': 'x' }, null, { a: 1 }),
  'swarm-default-advertise-addr': oneof(address, constantFrom('eth0', 'lo')),
  'oom-score-adjust': constantFrom(0, -500, 500, 1001, -1001),
  'cpu-rt-period': constantFrom(0, 1000000),
  'cpu-rt-runtime': constantFrom(0, 950000),
  'firewall-backend': pick('|iptables|nftables|ufw'),
  'bridge-accept-fwmark': pick('|0x1|x'),
  'min-api-version': pick('1.24|1.44|v1.24|1.99'),
  'authorization-plugins': constantFrom([], null, ['nope']),
  'deprecated-key-path': file,
};

/** A value of the shape, for keys that have no texts of their own. */
export function ofShape(shape) {
  if (shape === 'boolean') return fc.boolean();
  if (shape === 'integer' || shape === 'unsigned') return whole;
  if (shape === 'string') return word;
  if ('list' in shape) return list(ofShape(shape.list));
  if ('map' in shape) return dictionary(word, ofShape(shape.map), { maxKeys: 2 });
  return maybe(
    Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, ofShape(field)])),
  );
}
