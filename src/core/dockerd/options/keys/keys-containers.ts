import { STRINGS, type KeySpec, type Shape } from './key.js';

const RUNTIME: Shape = {
  fields: { path: 'string', runtimeArgs: STRINGS, runtimeType: 'string' },
};

const GC_RULE: Shape = {
  fields: {
    all: 'boolean',
    keepStorage: 'string',
    reservedSpace: 'string',
    maxUsedSpace: 'string',
    minFreeSpace: 'string',
  },
};

const BUILDER: Shape = {
  fields: {
    gc: {
      fields: {
        enabled: 'boolean',
        policy: { list: GC_RULE },
        defaultKeepStorage: 'string',
        defaultReservedSpace: 'string',
        defaultMaxUsedSpace: 'string',
        defaultMinFreeSpace: 'string',
      },
      // moby daemon/config/builder.go, BuilderGCConfig.UnmarshalJSON.
      anew: '28..',
    },
    entitlements: {
      fields: { 'network-host': 'boolean', 'security-insecure': 'boolean', device: 'boolean' },
    },
  },
};

/** What containers run with: runtimes, defaults, logs, cgroups, storage, the builder. */
export const CONTAINER_KEYS: readonly KeySpec[] = [
  {
    name: 'runtimes',
    shape: { map: RUNTIME },
    flag: 'add-runtime',
    mergeable: true,
    default: {},
    // 20.10 loses containerd's own runtimes by a reload of these.
    reload: { engines: '23..', absent: 'sticks', clear: {} },
    proof: { info: '/Runtimes', as: 'names' },
  },
  {
    name: 'default-runtime',
    shape: 'string',
    default: 'runc',
    reload: { absent: 'sticks', clear: 'runc' },
    proof: { info: '/DefaultRuntime', as: 'same' },
  },
  {
    name: 'default-shm-size',
    shape: 'string',
    notNull: true,
    default: '64MiB',
    reload: { absent: 'sticks', clear: '64MiB' },
    proof: { event: 'default-shm-size', as: 'bytes' },
  },
  {
    name: 'default-ipc-mode',
    shape: 'string',
    default: 'private',
    reload: { absent: 'sticks', clear: 'private' },
    proof: { event: 'default-ipc-mode', as: 'text' },
  },
  {
    name: 'default-cgroupns-mode',
    shape: 'string',
    reload: { absent: 'sticks' },
    proof: { event: 'default-cgroupns-mode', as: 'text' },
  },
  {
    name: 'default-ulimits',
    shape: { map: { fields: { Name: 'string', Hard: 'integer', Soft: 'integer' } } },
    flag: 'default-ulimit',
    default: {},
  },
  {
    name: 'log-driver',
    shape: 'string',
    default: 'json-file',
    proof: { info: '/LoggingDriver', as: 'same' },
  },
  { name: 'log-opts', shape: { map: 'string' }, flag: 'log-opt', default: {} },
  {
    name: 'exec-opts',
    shape: STRINGS,
    flag: 'exec-opt',
    default: [],
    proof: { info: '/CgroupDriver', as: 'cgroup-driver' },
  },
  { name: 'cgroup-parent', shape: 'string', default: '' },
  { name: 'init', shape: 'boolean', default: false },
  { name: 'init-path', shape: 'string', default: '' },
  { name: 'seccomp-profile', shape: 'string' },
  {
    name: 'selinux-enabled',
    shape: 'boolean',
    default: false,
  },
  {
    name: 'no-new-privileges',
    shape: 'boolean',
    default: false,
    // 20.10 to 23 have it in force and do not show it (moby daemon/info.go).
    proof: { info: '/SecurityOptions', as: 'security-option', engines: '24..' },
  },
  {
    name: 'userns-remap',
    shape: 'string',
    default: '',
    proof: { info: '/SecurityOptions', as: 'security-option' },
  },
  { name: 'cpu-rt-period', shape: 'integer', default: 0 },
  { name: 'cpu-rt-runtime', shape: 'integer', default: 0 },
  { name: 'storage-driver', shape: 'string', short: 's', proof: { info: '/Driver', as: 'same' } },
  { name: 'storage-opts', shape: STRINGS, flag: 'storage-opt', default: [] },
  { name: 'containerd', shape: 'string', default: '' },
  { name: 'containerd-namespace', shape: 'string', default: 'moby' },
  // The struct's tag is `containerd-plugin-namespace`, so the name that is accepted is not the one that is read (moby config.go).
  { name: 'containerd-plugins-namespace', shape: 'string', ignored: '..' },
  { name: 'cri-containerd', shape: 'boolean', default: false },
  { name: 'builder', shape: BUILDER, flag: null, default: {} },
  {
    name: 'cdi-spec-dirs',
    shape: STRINGS,
    engines: '25..',
    flag: 'cdi-spec-dir',
    proof: { info: '/CDISpecDirs', as: 'members', engines: '28..' },
  },
  {
    name: 'nri-opts',
    shape: {
      fields: {
        enable: 'boolean',
        'plugin-path': 'string',
        'plugin-config-path': 'string',
        'socket-path': 'string',
      },
    },
    engines: '29.2..',
    default: {},
    reload: { absent: 'resets' },
  },
  { name: 'rootless', shape: 'boolean' },
];
