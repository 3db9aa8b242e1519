/**
 * Keys of daemon.json, values that a walk gives them, and where the world shows each: `seen` answers the value in force as
 * JSON, or undefined where this look does not show it; `as` makes of a written value what `seen` would answer for it;
 * `absent` is what `seen` answers where nobody says anything (a function of the look where that depends on the machine).
 */
const sizes = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const bytes = (text) => {
  const [, count, unit] = /^(\d+)\s*([bkmg]?)/i.exec(text);
  return Number(count) * sizes[(unit || 'b').toLowerCase()];
};
const sorted = (list) => [...list].sort();
const option = (name) => (look) => look.bridge?.Options?.[`com.docker.network.${name}`];
const host = (pick) => (look) =>
  look.container === null ? undefined : pick(look.container.HostConfig);
const process = (pattern, pick) => (look) =>
  look.process.length === 0
    ? undefined
    : pick(look.process.flatMap((line) => pattern.exec(line)?.[1] ?? []));
const info = (pick) => (look) => (look.info === null ? undefined : pick(look.info));
const text = (value) => String(value);
const since = (version) => (engine) => Number(engine) >= version;

export const KEYS = [
  {
    key: 'log-driver',
    values: ['json-file', 'local', 'journald'],
    seen: host((c) => c.LogConfig.Type),
    absent: 'json-file',
  },
  {
    key: 'log-opts',
    values: [{ 'max-size': '10m' }, { 'max-size': '5m', 'max-file': '3' }],
    seen: host((c) => c.LogConfig.Config ?? {}),
    absent: {},
  },
  {
    key: 'default-shm-size',
    values: ['128M', '32m'],
    seen: host((c) => c.ShmSize),
    as: bytes,
    absent: 64 * 2 ** 20,
  },
  {
    key: 'default-ipc-mode',
    values: ['shareable', 'private'],
    seen: host((c) => c.IpcMode),
    absent: 'private',
  },
  {
    key: 'default-cgroupns-mode',
    values: ['host', 'private'],
    seen: host((c) => c.CgroupnsMode),
    absent: 'private',
  },
  {
    key: 'default-runtime',
    values: ['slim', 'runc'],
    needs: { runtimes: { slim: { path: '/usr/bin/runc' } } },
    seen: info((i) => i.DefaultRuntime),
    absent: 'runc',
  },
  {
    key: 'runtimes',
    values: [
      { slim: { path: '/usr/bin/runc' } },
      { slim: { path: '/usr/sbin/runc' }, wide: { path: '/usr/bin/runc' } },
    ],
    seen: info((i) =>
      Object.fromEntries(
        Object.entries(i.Runtimes)
          .filter(([name]) => !/^(?:runc|io\.containerd.*)$/.test(name))
          .map(([name, { path }]) => [name, path]),
      ),
    ),
    as: (v) => Object.fromEntries(Object.entries(v).map(([name, { path }]) => [name, path])),
    absent: {},
  },
  {
    key: 'default-ulimits',
    values: [
      { nofile: { Name: 'nofile', Hard: 2048, Soft: 2048 } },
      { nofile: { Name: 'nofile', Hard: 4096, Soft: 1024 } },
    ],
    seen: process(
      /^Max open files\s+(\d+\s+\d+)/,
      ([both]) => both?.split(/\s+/).map(Number) ?? [],
    ),
    as: ({ nofile }) => [nofile.Soft, nofile.Hard],
    absent: undefined,
  },
  {
    key: 'cgroup-parent',
    values: ['truth.slice', 'other.slice'],
    // Its own is system.slice with the driver systemd, and docker with cgroupfs, where another lies below containerd's group.
    seen: process(/^cgroup: \/(?:.*\/)?([^/]+)\/[^/]+$/, ([slice]) =>
      slice === 'docker' ? 'system.slice' : slice,
    ),
    absent: 'system.slice',
  },
  {
    key: 'init',
    values: [true, false],
    seen: process(/^argv: (\S+)/, ([argv]) => /docker-init|tini/.test(argv ?? '')),
    absent: false,
  },
  {
    key: 'dns',
    values: [['10.9.9.9'], ['10.9.9.8', '10.9.9.7']],
    seen: process(/^resolv: nameserver (\S+)/, (list) => list),
    absent: undefined,
  },
  {
    key: 'dns-search',
    values: [['lab.test'], ['a.test', 'b.test']],
    seen: process(/^resolv: search (.+?)\s*$/, ([list]) => (list ?? '').split(' ').filter(Boolean)),
    absent: undefined,
  },
  {
    key: 'no-new-privileges',
    values: [true, false],
    seen: process(/^NoNewPrivs:\s+(\d)/, ([bit]) => bit === '1'),
    absent: false,
  },
  {
    key: 'labels',
    values: [['a=1'], ['a=2', 'b=3']],
    seen: info((i) => sorted(i.Labels ?? [])),
    as: sorted,
    absent: [],
  },
  { key: 'debug', values: [true, false], seen: info((i) => i.Debug), absent: false },
  {
    key: 'live-restore',
    values: [true, false],
    seen: info((i) => i.LiveRestoreEnabled),
    absent: false,
  },
  {
    key: 'insecure-registries',
    values: [['a.test:5000'], ['b.test:5000', '10.1.0.0/16']],
    seen: info((i) =>
      sorted([
        ...Object.values(i.RegistryConfig.IndexConfigs)
          .filter(({ Secure }) => !Secure)
          .map(({ Name }) => Name),
        ...i.RegistryConfig.InsecureRegistryCIDRs.filter(
          (cidr) => !/^(?:127\.0\.0\.0\/8|::1\/128)$/.test(cidr),
        ),
      ]),
    ),
    as: sorted,
    absent: [],
  },
  {
    key: 'registry-mirrors',
    values: [['https://m1.test/'], ['https://m1.test/', 'https://m2.test/']],
    seen: info((i) => i.RegistryConfig.Mirrors ?? []),
    // dockerd ends each with a slash (moby registry.ValidateMirror).
    as: (list) => list.map((url) => url.replace(/\/*$/, '/')),
    absent: [],
  },
  {
    key: 'exec-opts',
    values: [['native.cgroupdriver=cgroupfs'], ['native.cgroupdriver=systemd']],
    seen: info((i) => i.CgroupDriver),
    as: ([opt]) => opt.split('=')[1],
    absent: 'systemd',
  },
  {
    key: 'experimental',
    values: [true, false],
    seen: info((i) => i.ExperimentalBuild),
    absent: false,
  },
  {
    key: 'proxies',
    on: since(23),
    values: [
      { 'http-proxy': 'http://p.test:3128' },
      { 'http-proxy': 'http://p.test:1', 'https-proxy': 'http://p.test:2', 'no-proxy': 'lab.test' },
    ],
    seen: info((i) => ({
      'http-proxy': i.HttpProxy,
      'https-proxy': i.HttpsProxy,
      'no-proxy': i.NoProxy,
    })),
    as: (v) => ({ 'http-proxy': '', 'https-proxy': '', 'no-proxy': '', ...v }),
    absent: { 'http-proxy': '', 'https-proxy': '', 'no-proxy': '' },
  },
  {
    key: 'metrics-addr',
    values: ['127.0.0.1:9323', '127.0.0.1:9324'],
    seen: (look) =>
      look.info === null ? undefined : (look.listeners.find((at) => /:932\d$/.test(at)) ?? ''),
    absent: '',
  },
  {
    key: 'icc',
    values: [false, true],
    seen: option('bridge.enable_icc'),
    as: text,
    absent: 'true',
  },
  {
    key: 'ip-masq',
    values: [false, true],
    seen: option('bridge.enable_ip_masquerade'),
    as: text,
    absent: 'true',
  },
  {
    key: 'ip',
    values: ['127.0.0.1', '0.0.0.0'],
    seen: option('bridge.host_binding_ipv4'),
    absent: '0.0.0.0',
  },
  { key: 'mtu', values: [1400, 1300], seen: option('driver.mtu'), as: text, absent: undefined },
  {
    key: 'bip',
    values: ['10.77.0.1/24', '10.78.0.1/24'],
    seen: (look) => look.docker0[0],
    absent: undefined,
  },
  {
    key: 'fixed-cidr',
    values: ['172.17.5.0/24'],
    seen: (look) =>
      look.bridge === null ? undefined : (look.bridge.IPAM.Config[0]?.IPRange ?? ''),
    absent: '',
  },
  {
    key: 'default-address-pools',
    values: [[{ base: '10.200.0.0/16', size: 24 }], [{ base: '10.201.0.0/16', size: 26 }]],
    seen: (look) => poolOf(look.network?.IPAM.Config[0]?.Subnet),
    as: ([{ base, size }]) => `${base.split('.').slice(0, 2).join('.')}/${size}`,
    absent: 'of its own',
  },
  {
    key: 'default-network-opts',
    on: since(24),
    values: [{ bridge: { 'com.docker.network.driver.mtu': '1280' } }],
    seen: (look) => look.network?.Options,
    as: ({ bridge }) => bridge,
    absent: {},
  },
];

function poolOf(subnet) {
  if (subnet === undefined) return undefined;
  const [address, size] = subnet.split('/');
  const start = address.split('.').slice(0, 2).join('.');
  return /^10\.20[01]$/.test(start) ? `${start}/${size}` : 'of its own';
}

/** What `value`, written for the key, would be seen as. */
export function asSeen({ as = (one) => one, absent }, value) {
  if (value === undefined) return absent;
  try {
    return as(value);
  } catch {
    return undefined;
  }
}

export function same(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(value) {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
