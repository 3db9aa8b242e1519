import { expect, test } from '@jest/globals';
import { judge } from '../../../../../support/judge-config.js';
import { fixConfig } from '../../../../../../src/core/dockerd/validate/fix.js';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';

test.each<[config: unknown, hint: string]>([
  [{ cdi: true }, 'put it into "features"'],
  [{ 'containerd-snapshotter': true }, 'put it into "features"'],
  [{ 'max-size': '10m' }, 'put it into "log-opts"'],
  [{ 'syslog-address': 'udp://10.0.0.1:514' }, 'put it into "log-opts"'],
  [{ httpProxy: 'http://p:1' }, 'put it into "proxies", as "http-proxy"'],
  [{ HTTPS_PROXY: 'http://p:1' }, 'put it into "proxies", as "https-proxy"'],
  [{ gc: { enabled: true } }, 'put it into "builder"'],
  [{ defaultKeepStorage: '10GB' }, 'put it into "gc" inside "builder"'],
  [{ nofile: { Name: 'nofile', Hard: 1, Soft: 1 } }, 'put it into "default-ulimits"'],
  [{ crun: { path: '/usr/bin/crun' } }, 'put it into "runtimes"'],
  [{ 'overlay2.size': '10G' }, 'write "storage-opts": ["overlay2.size=10G"]'],
  [{ 'overlay2.override_kernel_check': true }, 'remove "overlay2.override_kernel_check"'],
  [{ 'native.cgroupdriver': 'cgroupfs' }, 'write "exec-opts": ["native.cgroupdriver=cgroupfs"]'],
  [{ 'com.docker.network.driver.mtu': '1' }, 'put it into "bridge" inside "default-network-opts"'],
  [{ ulimits: { nofile: {} } }, 'write default-ulimits'],
  [{ 'log-options': { 'max-size': '1m' } }, 'write log-opts'],
  [{ mirrors: [] }, 'write registry-mirrors'],
  [{ enabled: true }, 'remove "enabled"'],
  [{ x: { constructor: 1 } }, 'remove "x"'],
  // A key that this engine does not have is no cure.
  [{ firewall: 'nftables' }, 'remove "firewall"'],
])('one finding, with where it belongs: %j', (config, hint) => {
  expect(judge(config)).toMatchObject({ starts: false, findings: [{ code: 'unknown-key', hint }] });
});

test.each<[engine: string, config: unknown, hint: string]>([
  ['20.10', { 'nri-opts': { enable: true } }, 'remove it'],
  ['28.5', { 'nri-opts': { enable: true } }, 'remove it'],
  [
    '20.10',
    { 'default-network-opts': { overlay: { a: 'b' } } },
    'remove it, and give each network its options: `docker network create --opt`',
  ],
  [
    '28.5',
    { 'min-api-version': '1.24' },
    'remove it: the variable DOCKER_MIN_API_VERSION of docker.service sets it here',
  ],
])('dockerd %s and %j', (engine, config, hint) => {
  expect(judge(config, { engine }).findings).toMatchObject([{ code: 'key-of-other-engine', hint }]);
});

test.each<[before: unknown, after: unknown]>([
  [{ cdi: true }, { features: { cdi: true } }],
  [{ 'max-size': '10m' }, { 'log-opts': { 'max-size': '10m' } }],
  [{ httpProxy: 'http://p:1' }, { proxies: { 'http-proxy': 'http://p:1' } }],
  [{ 'log-opts': { max_size: '10m' } }, { 'log-opts': { 'max-size': '10m' } }],
  [{ features: { Buildkit: true } }, { features: { buildkit: true } }],
  [
    { builder: { gc: { 'default-keep-storage': '1GB' } } },
    { builder: { gc: { defaultKeepStorage: '1GB' } } },
  ],
])('--fix moves %j', (before, after) => {
  const fixed = fixConfig({
    bytes: Buffer.from(JSON.stringify(before)),
    engine: parseVersion('28.5.2')!,
    argv: [],
  });
  expect(JSON.parse(Buffer.from(fixed?.bytes ?? []).toString())).toEqual(after);
});

test('it takes nobody\u2019s place', () => {
  const config = { 'max-size': '10m', 'log-opts': { 'max-size': '5m' } };
  expect(
    fixConfig({
      bytes: Buffer.from(JSON.stringify(config)),
      engine: parseVersion('28.5.2')!,
      argv: [],
    }),
  ).toBeNull();
});
