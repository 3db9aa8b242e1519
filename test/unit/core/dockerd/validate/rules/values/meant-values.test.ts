import { expect, test } from '@jest/globals';
import { fixConfig } from '../../../../../../../src/core/dockerd/validate/fix.js';
import { validateConfig } from '../../../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV } from '../../../../../../support/reference-host.js';

const given = (config: unknown) => ({
  bytes: Buffer.from(JSON.stringify(config)),
  engine: parseVersion('28.5.2')!,
  argv: PACKAGED_ARGV,
});

test.each([
  [
    { 'registry-mirrors': 'https://a.corp, https://b.corp' },
    { 'registry-mirrors': ['https://a.corp', 'https://b.corp'] },
  ],
  [{ 'registry-mirrors': '["https://a.corp"]' }, { 'registry-mirrors': ['https://a.corp'] }],
  [
    { 'exec-opts': 'native.cgroupdriver=systemd' },
    { 'exec-opts': ['native.cgroupdriver=systemd'] },
  ],
  [
    { 'log-opts': ['max-size=10m', 'max-file=3'] },
    { 'log-opts': { 'max-size': '10m', 'max-file': '3' } },
  ],
  [{ 'log-opts': 'max-size=10m' }, { 'log-opts': { 'max-size': '10m' } }],
  [
    { 'default-ulimits': { nofile: '1024:2048' } },
    { 'default-ulimits': { nofile: { Name: 'nofile', Hard: 2048, Soft: 1024 } } },
  ],
  [
    { 'default-address-pools': { base: '172.30.0.0/16', size: 24 } },
    { 'default-address-pools': [{ base: '172.30.0.0/16', size: 24 }] },
  ],
  [{ features: ['buildkit', 'cdi=false'] }, { features: { buildkit: true, cdi: false } }],
  [{ features: 'buildkit' }, { features: { buildkit: true } }],
  [{ builder: { gc: true } }, { builder: { gc: { enabled: true } } }],
  [
    { runtimes: [{ name: 'crun', path: '/usr/bin/crun' }] },
    { runtimes: { crun: { path: '/usr/bin/crun' } } },
  ],
  [
    { 'default-ulimits': [{ Name: 'nofile', Hard: 2, Soft: 1 }] },
    { 'default-ulimits': { nofile: { Name: 'nofile', Hard: 2, Soft: 1 } } },
  ],
  [
    { 'exec-opts': { 'native.cgroupdriver': 'systemd' } },
    { 'exec-opts': ['native.cgroupdriver=systemd'] },
  ],
  [{ labels: { site: 'berlin', rack: 4 } }, { labels: ['site=berlin', 'rack=4'] }],
  [{ 'shutdown-timeout': '30s' }, { 'shutdown-timeout': 30 }],
  [{ 'shutdown-timeout': '2 min' }, { 'shutdown-timeout': 120 }],
  [{ 'log-level': ['warn'] }, { 'log-level': 'warn' }],
  [{ runtimes: { crun: '/usr/bin/crun' } }, { runtimes: { crun: { path: '/usr/bin/crun' } } }],
  [
    { 'live-restore': 'yes', ipv6: 0 },
    { 'live-restore': true, ipv6: false },
  ],
  [
    { proxies: { httpProxy: 'http://p:1', noProxy: 'a' } },
    { proxies: { 'http-proxy': 'http://p:1', 'no-proxy': 'a' } },
  ],
  [
    { proxies: { default: { httpsProxy: 'http://p:1' } } },
    { proxies: { 'https-proxy': 'http://p:1' } },
  ],
])('%j is meant as %j', (config, meant) => {
  expect(validateConfig(given(config)).starts).toBe(false);
  const fixed = Buffer.from(fixConfig(given(config))?.bytes ?? []).toString();
  expect(JSON.parse(fixed)).toEqual(meant);
  expect(validateConfig(given(meant)).starts).toBe(true);
});

test.each([
  [{ 'log-opts': ['max-size'] }],
  [{ 'default-ulimits': { nofile: 'many' } }],
  [{ debug: 'maybe' }],
  [{ proxies: { default: { x: 'y' } } }],
])('of %j nobody knows what is meant', (config) => {
  expect(fixConfig(given(config))).toBeNull();
});
