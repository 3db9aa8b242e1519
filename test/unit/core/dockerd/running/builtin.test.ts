import { expect, test } from '@jest/globals';
import {
  isConfigurable,
  type Kind,
  runsAlike,
} from '../../../../../src/core/dockerd/running/builtin.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

const kind = (parts: Partial<Kind> = {}, version = '28.5.2'): Kind => ({
  ...{ engine: parseVersion(version)!, rootless: false, cgroupDriver: 'systemd' },
  ...{ cgroupVersion: '2', ...parts },
});

/** moby daemon/config/config_linux.go and cmd/dockerd/config_unix.go: what dockerd takes where nobody says anything. */
test.each<[string, Json | undefined, Json | undefined]>([
  ['mtu', 1500, undefined],
  ['data-root', '/var/lib/docker', undefined],
  ['pidfile', undefined, '/var/run/docker.pid'],
  ['hosts', ['unix:///run/docker.sock'], undefined],
  ['hosts', ['fd://', 'unix:///var/run/docker.sock'], ['unix:///run/docker.sock', 'fd://']],
  ['seccomp-profile', 'builtin', ''],
  ['exec-opts', ['native.cgroupdriver=systemd'], undefined],
  ['default-cgroupns-mode', 'private', undefined],
  ['ip6tables', true, undefined],
  ['userns-remap', 'dockremap:dockremap', 'default'],
  ['userns-remap', 'me:me', 'me'],
  [
    'proxies',
    { 'http-proxy': 'http://xxxxx:xxxxx@p' },
    { 'http-proxy': 'http://u:pw@p', 'no-proxy': '' },
  ],
  ['runtimes', { runc: { path: 'runc' }, 'io.containerd.runc.v2': { path: 'x' } }, {}],
  ['runtimes', { a: { path: '/x' } }, { a: { path: '/x', options: { b: 1 } } }],
  ['default-address-pools', [{ Base: '10.0.0.0/8', Size: 24 }], [{ base: '10.0.0.0/8', size: 24 }]],
  ['log-opts', { a: '1', b: {} }, { a: '1' }],
  // Chosen by dockerd itself.
  ['bip', '172.17.0.1/16', undefined],
  ['storage-driver', 'overlay2', undefined],
])('%s: %j and %j run alike', (name, has, wanted) => {
  expect(runsAlike(name, [has, wanted], kind())).toBe(true);
});

test.each<[string, Json | undefined, Json | undefined]>([
  ['mtu', 1400, undefined],
  ['data-root', '/srv', undefined],
  ['hosts', ['fd://'], undefined],
  ['storage-driver', 'overlay2', 'vfs'],
  ['bip', '172.17.0.1/16', '10.0.0.1/24'],
  ['exec-opts', ['native.cgroupdriver=cgroupfs'], undefined],
  ['proxies', { 'http-proxy': 'http://p' }, { 'http-proxy': 'http://q' }],
  ['runtimes', { a: { path: '/x' } }, { a: { path: '/y' } }],
  ['userns-remap', 'dockremap:dockremap', ''],
])('%s: %j and %j do not', (name, has, wanted) => {
  expect(runsAlike(name, [has, wanted], kind())).toBe(false);
});

test('what the machine or the engine decides', () => {
  expect(
    runsAlike('default-cgroupns-mode', ['host', undefined], kind({ cgroupVersion: '1' })),
  ).toBe(true);
  expect(
    runsAlike('default-cgroupns-mode', ['private', undefined], kind({ cgroupVersion: '1' })),
  ).toBe(false);
  expect(runsAlike('ip6tables', [false, undefined], kind({}, '26.1.5'))).toBe(true);
  expect(runsAlike('data-root', ['/home/me/docker', undefined], kind({ rootless: true }))).toBe(
    true,
  );
  expect(
    runsAlike('exec-opts', [['native.cgroupdriver=x'], undefined], kind({ cgroupDriver: null })),
  ).toBe(true);
});

test('runc and the shims of containerd are nobody’s entry', () => {
  expect(['runc', 'io.containerd.runc.v2', 'crun', 'nvidia'].filter(isConfigurable)).toEqual([
    'crun',
    'nvidia',
  ]);
});
