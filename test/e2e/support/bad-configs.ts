import type { Json } from '../../../src/core/formats/json/json-object.js';

/**
 * Values that keep every engine from starting under Debian's unit (`-H fd:// --containerd=…`). Proved, not believed:
 * the tests write each with --no-validate and see the daemon refuse it.
 */
export const BAD_VALUES: readonly (readonly [key: string, value: Json])[] = [
  ['bip', 'nope'],
  ['bridge', 'nosuchbridge0'],
  ['cgroup-parent', 'not-a-slice'],
  ['containerd', '/run/other.sock'],
  ['Debug', true],
  ['debug', 'yes'],
  ['default-address-pools', [{ base: 'nope', size: 24 }]],
  ['default-cgroupns-mode', 'nope'],
  ['default-ipc-mode', 'nope'],
  ['default-runtime', 'nope'],
  ['default-shm-size', 'huge'],
  ['default-ulimits', { nofile: 5 }],
  ['dns', ['nope']],
  ['exec-opts', ['native.cgroupdriver=foo']],
  ['fixed-cidr', 'nope'],
  ['hosts', ['tcp://127.0.0.1:2375']],
  ['hosts', []],
  ['icc', 'no'],
  ['insecure-registries', ['*.example.com']],
  ['insecure-registries', ['a b']],
  ['iptables', 'false'],
  ['labels', ['without-equals-sign']],
  ['live-restore', 1],
  ['log-level', 'loud'],
  ['log-opts', { 'max-file': 3 }],
  ['log-opts', { nope: '1' }],
  ['max-concurrent-downloads', -1],
  ['mtu', '1500'],
  ['mtu', 1500.5],
  ['no-such-key', true],
  ['raw-logs', 'maybe'],
  ['registry-mirrors', ['ftp://mirror.test']],
  ['registry-mirrors', ['https://mirror.test/?query=1']],
  ['registry-mirrors', ['mirror.test']],
  ['runtimes', { runc: { path: '/usr/bin/other' } }],
  ['seccomp-profile', '/no/such/profile.json'],
  ['shutdown-timeout', '15'],
  ['storage-driver', 'nope'],
  ['tlsverify', true],
  ['userns-remap', 'nosuchuser'],
];

/** Whole files that dockerd cannot read. */
export const BAD_FILES: readonly (readonly [what: string, text: string])[] = [
  ['a comment', '{\n  // faster\n  "debug": true\n}\n'],
  ['a trailing comma', '{\n  "debug": true,\n}\n'],
  ['single quotes', "{ 'debug': true }\n"],
  ['a list', '["debug"]\n'],
  ['a cut file', '{\n  "debug": tr'],
];
