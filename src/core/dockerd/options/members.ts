import type { EngineRange } from './keys/version.js';

/** A member that dockerd reads inside an object of daemon.json. */
export interface MemberSpec {
  readonly name: string;
  /** Engines that read it; default: all that have the key. */
  readonly engines?: EngineRange;
}

/** The members of an object. */
export interface ObjectSpec {
  /** Below the root; `*` is any name or index. */
  readonly path: readonly string[];
  readonly members: readonly MemberSpec[];
  /** What people write instead, in lower case, and the member that they mean: those that an engine lacks are no answer there. */
  readonly meant: Readonly<Record<string, readonly string[]>>;
  /** What dockerd does without it, after a colon. */
  readonly without: string;
  /** The decoder refuses what it does not know. */
  readonly strict?: boolean;
}

const plain = (...names: readonly string[]): MemberSpec[] => names.map((name) => ({ name }));

const SPACE = ['reservedSpace', 'maxUsedSpace', 'minFreeSpace'];

/**
 * Names that Go's decoder fills a field from, by object (moby, every release tag: api/types/types.go and
 * api/types/system/runtime.go, Runtime; daemon/config/builder.go; docker/go-units, Ulimit; libnetwork/ipamutils,
 * NetworkToSplit; daemon/pkg/opts/nri_opts.go).
 */
export const OBJECTS: readonly ObjectSpec[] = [
  {
    path: ['runtimes', '*'],
    members: [
      ...plain('path', 'runtimeArgs'),
      { name: 'runtimeType', engines: '24..' },
      { name: 'options', engines: '24..' },
    ],
    meant: {
      args: ['runtimeArgs'],
      arguments: ['runtimeArgs'],
      'runtime-args': ['runtimeArgs'],
      type: ['runtimeType'],
      shim: ['runtimeType'],
      binary: ['path'],
      command: ['path'],
      program: ['path'],
      runtimepath: ['path'],
      executable: ['path'],
      runtimetype: ['runtimeType'],
    },
    without: 'the runtime is started without it',
  },
  {
    path: ['builder'],
    members: [...plain('gc', 'entitlements'), { name: 'history', engines: '24..' }],
    meant: { garbagecollection: ['gc'] },
    without: 'the builder works without it',
  },
  {
    path: ['builder', 'gc'],
    members: [
      ...plain('enabled', 'policy', 'defaultKeepStorage'),
      { name: 'defaultReservedSpace', engines: '28..' },
      { name: 'defaultMaxUsedSpace', engines: '28..' },
      { name: 'defaultMinFreeSpace', engines: '28..' },
    ],
    meant: {
      keepstorage: ['defaultReservedSpace', 'defaultKeepStorage'],
      reservedspace: ['defaultReservedSpace', 'defaultKeepStorage'],
      defaultreservedspace: ['defaultKeepStorage'],
      maxusedspace: ['defaultMaxUsedSpace'],
      minfreespace: ['defaultMinFreeSpace'],
      gckeepstorage: ['defaultReservedSpace', 'defaultKeepStorage'],
      policies: ['policy'],
      gcpolicy: ['policy'],
      rules: ['policy'],
      enable: ['enabled'],
    },
    without: 'garbage is collected without it',
  },
  {
    path: ['builder', 'gc', 'policy', '*'],
    members: [
      ...plain('all', 'filter', 'keepStorage'),
      ...SPACE.map((name) => ({ name, engines: '28..' })),
    ],
    meant: {
      filters: ['filter'],
      keepbytes: ['reservedSpace', 'keepStorage'],
      reservedspace: ['keepStorage'],
      defaultkeepstorage: ['reservedSpace', 'keepStorage'],
      maxstorage: ['maxUsedSpace'],
    },
    without: 'the rule holds without it',
  },
  {
    path: ['builder', 'entitlements'],
    members: [...plain('network-host', 'security-insecure'), { name: 'device', engines: '29..' }],
    meant: {
      devices: ['device'],
      'network.host': ['network-host'],
      'security.insecure': ['security-insecure'],
      network: ['network-host'],
      insecure: ['security-insecure'],
    },
    without: 'builds are allowed what they are by default',
  },
  {
    path: ['builder', 'history'],
    members: plain('maxAge', 'maxEntries'),
    meant: {},
    without: 'the history of builds is kept as by default',
  },
  {
    path: ['default-ulimits', '*'],
    members: plain('Name', 'Hard', 'Soft'),
    meant: {
      ...Object.fromEntries(
        ['limit', 'max', 'hard_limit', 'hardlimit', 'hard-limit'].map((name) => [name, ['Hard']]),
      ),
      ...Object.fromEntries(
        ['soft_limit', 'softlimit', 'soft-limit'].map((name) => [name, ['Soft']]),
      ),
      type: ['Name'],
    },
    without: 'the limit is set without it',
  },
  {
    path: ['default-address-pools', '*'],
    members: plain('base', 'size'),
    meant: {
      subnet: ['base'],
      cidr: ['base'],
      network: ['base'],
      prefix: ['size'],
      mask: ['size'],
    },
    without: 'the pool is the same without it',
  },
  {
    path: ['nri-opts'],
    members: plain('enable', 'plugin-path', 'plugin-config-path', 'socket-path').map((member) => ({
      ...member,
      engines: '29.2..',
    })),
    meant: { enabled: ['enable'] },
    without: 'it does not start',
    strict: true,
  },
];

/** A feature, and the engines that read it on Linux (every use of Features[ over the release tags of moby). */
export const FEATURES: readonly MemberSpec[] = [
  { name: 'buildkit' },
  { name: 'cdi', engines: '25..' },
  { name: 'containerd-migration', engines: '29..' },
  { name: 'containerd-snapshotter', engines: '24..' },
  { name: 'embedded-containerd', engines: '29.7..' },
  { name: 'swarm-nftables', engines: '29.6..' },
  { name: 'time-namespaces', engines: '29.5..' },
];

/** What a driver makes of an option of `default-network-opts`. */
export interface NetworkOption extends MemberSpec {
  readonly takes: 'boolean' | 'number' | 'text';
}

const MTU: NetworkOption = { name: 'com.docker.network.driver.mtu', takes: 'number' };
const FAMILIES: readonly NetworkOption[] = [
  { name: 'com.docker.network.enable_ipv4', takes: 'boolean', engines: '28..' },
  // 26.1 passes over it (asked of a real one).
  { name: 'com.docker.network.enable_ipv6', takes: 'boolean', engines: '27..' },
];
const PREFIX: NetworkOption = { name: 'com.docker.network.container_iface_prefix', takes: 'text' };

const ofBridge = (name: string, takes: NetworkOption['takes'], engines?: EngineRange) => ({
  name: `com.docker.network.bridge.${name}`,
  takes,
  ...(engines !== undefined && { engines }),
});

/** By driver, what it reads (moby libnetwork/drivers: bridge/labels.go, overlay, macvlan and ipvlan; netlabel/labels.go). */
export const NETWORK_OPTIONS: ReadonlyMap<string, readonly NetworkOption[]> = new Map([
  [
    'bridge',
    [
      MTU,
      PREFIX,
      ...FAMILIES,
      ofBridge('name', 'text'),
      ofBridge('enable_ip_masquerade', 'boolean'),
      ofBridge('enable_icc', 'boolean'),
      ofBridge('inhibit_ipv4', 'boolean'),
      ofBridge('host_binding_ipv4', 'text'),
      ofBridge('default_bridge', 'boolean'),
      ofBridge('gateway_mode_ipv4', 'text', '27..'),
      ofBridge('gateway_mode_ipv6', 'text', '27..'),
      ofBridge('trusted_host_interfaces', 'text', '28.2..'),
      { name: 'com.docker.network.host_ipv4', takes: 'text', engines: '25..' },
      { name: 'com.docker.network.host_ipv6', takes: 'text', engines: '25..' },
    ],
  ],
  [
    'overlay',
    [
      MTU,
      ...FAMILIES,
      { name: 'com.docker.network.driver.overlay.vxlanid_list', takes: 'text' },
      { name: 'encrypted', takes: 'text' },
    ],
  ],
  [
    'macvlan',
    [
      ...FAMILIES,
      { name: 'parent', takes: 'text' },
      { name: 'macvlan_mode', takes: 'text' },
      { name: 'com.docker.network.container_iface_prefix', takes: 'text' },
    ],
  ],
  [
    'ipvlan',
    [
      ...FAMILIES,
      { name: 'parent', takes: 'text' },
      { name: 'ipvlan_mode', takes: 'text' },
      { name: 'ipvlan_flag', takes: 'text' },
    ],
  ],
]);
