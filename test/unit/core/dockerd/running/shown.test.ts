import { describe, expect, test } from '@jest/globals';
import {
  NO_WITNESSES,
  type Witnesses,
} from '../../../../../src/core/dockerd/observed/witnesses.js';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { shownOf } from '../../../../../src/core/dockerd/running/shown.js';
import type { JsonObject } from '../../../../../src/core/formats/json/json-object.js';

const shown = (
  key: string,
  info: JsonObject | null,
  witnesses: Partial<Witnesses> = {},
  version = '28.5.2',
) =>
  shownOf(keyNamed(key)!, {
    ...{ info, engine: parseVersion(version)! },
    witnesses: { ...NO_WITNESSES, ...witnesses },
  });

/** GET /info of 26.1 and 28.5, a field each. */
describe('what dockerd shows, in the form of the file', () => {
  test.each<[string, JsonObject, unknown]>([
    ['live-restore', { LiveRestoreEnabled: true }, true],
    ['labels', { Labels: ['a=1'] }, ['a=1']],
    ['registry-mirrors', { RegistryConfig: { Mirrors: ['https://a/'] } }, ['https://a/']],
    [
      'insecure-registries',
      {
        RegistryConfig: {
          IndexConfigs: { 'docker.io': { Secure: true }, 'a:5000': { Secure: false } },
          InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8', '10.0.0.0/8'],
        },
      },
      ['a:5000', '10.0.0.0/8'],
    ],
    [
      'runtimes',
      { Runtimes: { runc: { path: 'runc' }, 'io.containerd.runc.v2': {}, a: { path: '/x' } } },
      { a: { path: '/x' } },
    ],
    ['exec-opts', { CgroupDriver: 'systemd' }, ['native.cgroupdriver=systemd']],
    ['no-new-privileges', { SecurityOptions: ['name=no-new-privileges'] }, true],
    ['no-new-privileges', { SecurityOptions: ['name=seccomp,profile=builtin'] }, false],
    ['seccomp-profile', { SecurityOptions: ['name=seccomp,profile=builtin'] }, 'builtin'],
    ['seccomp-profile', { SecurityOptions: ['name=seccomp,profile=default'] }, 'builtin'],
    ['seccomp-profile', { SecurityOptions: ['name=seccomp,profile=/x.json'] }, '/x.json'],
    [
      'proxies',
      { HttpProxy: 'http://p', HttpsProxy: '', NoProxy: 'a' },
      { 'http-proxy': 'http://p', 'no-proxy': 'a' },
    ],
    ['debug', { Debug: false }, false],
    ['debug', { Debug: true }, true],
    [
      'default-address-pools',
      { DefaultAddressPools: [{ Base: '10.0.0.0/8', Size: 24 }] },
      [{ base: '10.0.0.0/8', size: 24 }],
    ],
  ])('%s: %j', (key, info, value) => {
    expect(shown(key, info)?.value).toEqual(value);
  });
});

describe('what cannot be trusted is not shown', () => {
  test.each<[string, string, JsonObject | null]>([
    ['nobody answers', 'debug', null],
    ['/info does not have it', 'debug', {}],
    [
      '28.5 after a reload',
      'default-address-pools',
      { DefaultAddressPools: [{ Base: 'invalid Prefix', Size: 0 }] },
    ],
    ['rootless without cgroups', 'exec-opts', { CgroupDriver: 'none' }],
    ['no seccomp in the kernel', 'seccomp-profile', { SecurityOptions: [] }],
    ['the user is not told', 'userns-remap', { SecurityOptions: ['name=userns'] }],
  ])('%s: %s', (_, key, info) => {
    expect(shown(key, info)).toBeNull();
  });

  test('$DEBUG shows debug while not one line is written', () => {
    const environment = new Map([['DEBUG', '1']]);
    expect(shown('debug', { Debug: true }, { environment })).toBeNull();
    expect(shown('debug', { Debug: false }, { environment })?.value).toBe(false);
    expect(shown('debug', { Debug: true }, { environment: new Map() })?.value).toBe(true);
  });

  test('20.10 does not list no-new-privileges', () => {
    expect(shown('no-new-privileges', { SecurityOptions: [] }, {}, '20.10.24')).toBeNull();
  });

  test('after a reload /info goes on to show the plugins of the start', () => {
    const info = { Plugins: { Authorization: ['opa'] } };
    expect(shown('authorization-plugins', info, { reload: { kind: 'none' } })?.value).toEqual([
      'opa',
    ]);
    expect(shown('authorization-plugins', info)).toBeNull();
  });
});

test('keys of the default bridge are read from the network alone', () => {
  expect(shown('mtu', {}, { defaultBridge: null })).toBeNull();
  expect(shown('mtu', {}, { defaultBridge: {} })?.where).toBe('docker network inspect bridge');
});
