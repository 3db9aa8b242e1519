// The objects of daemon.json whose members are generated. `around` puts members into the object, beside what it needs; `at` is its
// path; `right` are the members that some engine reads, each with a value whose effect can be seen (by major version where it
// differs); `foreign` are members of other objects, drivers or programs. `look` says where an effect would show.
const gc = (members) => ({ builder: { gc: { enabled: true, ...members } } });
const rule = (members) => ({
  builder: { gc: { enabled: true, policy: [{ keepStorage: '1GB', ...members }] } },
});
const option = (name) => `com.docker.network.${name}`;

export const OBJECTS = [
  {
    name: 'runtime',
    at: ['runtimes', 'x'],
    look: ['info', 'container'],
    around: (members) => ({ runtimes: { x: { path: '/usr/local/bin/rt', ...members } } }),
    right: { runtimeArgs: ['--debug'] },
    foreign: { args: ['--debug'], binary: '/usr/bin/runc', shim: 'x', env: ['A=b'] },
  },
  {
    name: 'shim',
    at: ['runtimes', 'x'],
    look: ['info', 'container'],
    around: (members) => ({
      runtimes: { x: { runtimeType: 'io.containerd.runc.v2', ...members } },
    }),
    right: { options: { BinaryName: '/usr/local/bin/rt' } },
    foreign: { runtimeRoot: '/run/x', type: 'io.containerd.runsc.v1', config: {} },
  },
  {
    name: 'builder',
    at: ['builder'],
    look: ['workers'],
    around: (members) => ({ builder: members }),
    right: {
      gc: (major) => ({ enabled: major < 28, defaultKeepStorage: '3GB' }),
    },
    foreign: { garbageCollection: { enabled: true }, features: {}, 'max-parallelism': 4 },
  },
  {
    name: 'gc',
    at: ['builder', 'gc'],
    look: ['workers'],
    around: gc,
    right: {
      defaultKeepStorage: '3GB',
      defaultReservedSpace: '3GB',
      defaultMaxUsedSpace: '7GB',
      defaultMinFreeSpace: '5GB',
      policy: [{ keepStorage: '1GB' }],
    },
    foreign: {
      keepStorage: '3GB',
      reservedSpace: '3GB',
      maxUsedSpace: '7GB',
      minFreeSpace: '5GB',
      gckeepstorage: 3000,
      filter: ['until=1h'],
      policies: [],
      enable: true,
    },
  },
  {
    name: 'rule',
    at: ['builder', 'gc', 'policy', 0],
    look: ['workers'],
    around: rule,
    right: {
      all: true,
      filter: ['unused-for=48h'],
      reservedSpace: '3GB',
      maxUsedSpace: '7GB',
      minFreeSpace: '5GB',
    },
    foreign: {
      keepDuration: '48h',
      keepBytes: '3GB',
      filters: ['until=48h'],
      defaultKeepStorage: '3GB',
      maxStorage: '7GB',
      type: 'regular',
    },
  },
  {
    name: 'ulimit',
    at: ['default-ulimits', 'nofile'],
    look: ['container'],
    around: (members) => ({
      'default-ulimits': { nofile: { Name: 'nofile', Hard: 4096, Soft: 2048, ...members } },
    }),
    right: { Hard: 3000, Soft: 1000, Name: 'nproc' },
    foreign: { limit: 3000, max: 3000, value: 1000, type: 'nproc' },
  },
  {
    name: 'network options',
    at: ['default-network-opts', 'bridge'],
    look: ['network'],
    around: (members) => ({ 'default-network-opts': { bridge: members } }),
    right: {
      [option('driver.mtu')]: '1400',
      [option('bridge.name')]: 'brtest0',
      [option('bridge.enable_icc')]: 'false',
      [option('bridge.enable_ip_masquerade')]: 'false',
      [option('bridge.host_binding_ipv4')]: '127.0.0.2',
      [option('bridge.inhibit_ipv4')]: 'true',
      [option('bridge.gateway_mode_ipv4')]: 'routed',
      [option('bridge.trusted_host_interfaces')]: 'lo',
      [option('container_iface_prefix')]: 'abc',
      [option('host_ipv4')]: '10.99.0.1',
      [option('enable_ipv6')]: 'true',
      [option('enable_ipv4')]: 'false',
    },
    foreign: {
      [option('bridge.mtu')]: '1400',
      mtu: '1400',
      [option('enable_icc')]: 'false',
      [option('bridge.enable_ipv6')]: 'true',
      [option('driver.overlay.vxlanid_list')]: '7',
      parent: 'eth0',
      encrypted: 'true',
    },
  },
  {
    name: 'network driver',
    at: ['default-network-opts'],
    look: ['network'],
    around: (members) => ({ 'default-network-opts': members }),
    right: { bridge: { [option('driver.mtu')]: '1400' } },
    foreign: { host: { a: 'b' }, [option('driver.mtu')]: { mtu: '1400' }, none: { a: 'b' } },
  },
  {
    name: 'pool',
    at: ['default-address-pools', 0],
    look: ['info', 'network'],
    around: (members) => ({
      'default-address-pools': [{ base: '10.77.0.0/16', size: 24, ...members }],
    }),
    right: { base: '10.78.0.0/16', size: 26 },
    foreign: { subnet: '10.78.0.0/16', cidr: '10.78.0.0/16', prefix: 26, gateway: '10.77.0.1' },
  },
  {
    name: 'proxies',
    at: ['proxies'],
    look: ['info'],
    around: (members) => ({ proxies: members }),
    right: { 'http-proxy': 'http://p:1', 'https-proxy': 'http://p:2', 'no-proxy': 'a.lab' },
    foreign: { 'ftp-proxy': 'http://p:1', default: { httpProxy: 'http://p:1' } },
  },
  {
    name: 'features',
    at: ['features'],
    look: ['info'],
    around: (members) => ({ features: members }),
    right: {
      'containerd-snapshotter': true,
      buildkit: false,
      cdi: (major) => major < 28,
    },
    foreign: {
      'containerd-migration': true,
      'swarm-nftables': true,
      'time-namespaces': true,
      'embedded-containerd': true,
      snapshotter: true,
      experimental: true,
      'windows-dns-proxy': true,
    },
  },
  {
    name: 'log options',
    at: ['log-opts'],
    look: ['container'],
    around: (members) => ({ 'log-driver': 'json-file', 'log-opts': members }),
    right: {
      'max-size': '10m',
      labels: 'a',
      'labels-regex': '^a',
      env: 'A',
      'env-regex': '^A',
      tag: '{{.ID}}',
      mode: 'non-blocking',
      'cache-disabled': 'true',
    },
    foreign: {
      'syslog-address': 'udp://h:1',
      'fluentd-async': 'true',
      'max-age': '1d',
      size: '1m',
    },
  },
];

/** Terms of a filter: no members, and yet names that BuildKit knows or does not. */
export const FILTERS = {
  name: 'filter',
  at: ['builder', 'gc', 'policy', 0, 'filter'],
  look: ['workers'],
  around: (terms) => rule({ filter: terms }),
  right: [
    ...['unused-for=48h', 'until=24h', 'type=source.local', 'id=abc', 'inuse=true', 'shared=true'],
    ...['private=true', 'description=x', 'parent=abc', 'mutable=true', 'immutable=true'],
  ],
  wrong: ['type==source.local', 'label=x', 'unusedfor=48h', 'typ=regular', 'age=24h', 'used=1h'],
};
