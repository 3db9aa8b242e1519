import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import JSON5 from 'json5';
import type { HostFacts } from '../../../../../../src/core/dockerd/validate/host-facts.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';
import { inRange, parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV, referenceHost } from '../../../../../support/reference-host.js';

type Row = readonly [config: unknown, engines: string, start: 'ok' | 'fail', source: string];

const rows = JSON5.parse<readonly Row[]>(readFileSync('bench/agreement/engine-29.json5', 'utf8'));
const RELEASES = ['29.0.0', '29.0.4', '29.1.5', '29.2.1', '29.3.0', '29.5.3', '29.6.2', '29.7.2'];

const judge = (config: unknown, version: string, host: HostFacts = referenceHost(version)) =>
  validateConfig({
    bytes: Buffer.from(JSON.stringify(config)),
    engine: parseVersion(version)!,
    argv: PACKAGED_ARGV,
    host,
  });

describe('engine 29 as its sources have it', () => {
  test.each(rows)('%j with %s: %s (%s)', (config, engines, start) => {
    const asked = RELEASES.filter((version) => inRange(parseVersion(version)!, engines));
    expect(asked.length).toBeGreaterThan(0);
    const ours = asked.map((version) => [version, judge(config, version).starts]);
    expect(ours).toEqual(asked.map((version) => [version, start === 'ok']));
  });

  test('every row names the file that says so', () => {
    for (const [, , , source] of rows) expect(source).toMatch(/\.go|graphdriver|pkg\/opts/);
  });
});

const starts = (config: unknown, host: HostFacts, version = '29.7.2') =>
  judge(config, version, { ...referenceHost(version), ...host }).starts;

test('nftables wants forwarding that is on already, and no swarm', () => {
  const config = { 'firewall-backend': 'nftables' };
  expect(starts(config, { ipForward: false })).toBe(false);
  expect(starts({ ...config, 'ip-forward': false }, { ipForward: false })).toBe(true);
  expect(starts({ ...config, bridge: 'none' }, { ipForward: false })).toBe(true);
  expect(starts(config, { swarm: 'active' })).toBe(false);
  expect(starts({ ...config, features: { 'swarm-nftables': true } }, { swarm: 'active' })).toBe(
    true,
  );
  expect(
    starts({ ...config, features: { 'swarm-nftables': true } }, { swarm: 'active' }, '29.5.0'),
  ).toBe(false);
  expect(starts({ ...config, iptables: false }, { swarm: 'active' })).toBe(true);
  expect(judge(config, '29', {}).needs).toMatchObject([{ what: 'sysctl net.ipv4.ip_forward = 1' }]);
});

test('a data-root that a graph driver was used with goes on with it', () => {
  const { kindOf } = referenceHost('29');
  const used = {
    kindOf: (path: string) =>
      path === '/var/lib/docker/overlay2' ? ('folder' as const) : kindOf!(path),
  };
  expect(starts({ 'storage-driver': 'overlayfs' }, used)).toBe(false);
  expect(starts({ 'storage-driver': 'overlayfs' }, used, '29.0.0')).toBe(true);
  const explicit = { features: { 'containerd-snapshotter': true }, 'storage-driver': 'overlayfs' };
  expect(starts(explicit, used)).toBe(true);
  const options = { 'storage-opts': ['overlay2.foo=1'] };
  expect([starts(options, used), starts(options, {})]).toEqual([false, true]);
  expect(judge(options, '29', {})).toMatchObject({
    starts: true,
    needs: [{ needs: 'filesystem' }],
  });
});

test('the flag takes what the file takes', () => {
  const given = (flag: string) =>
    validateConfig({
      bytes: Buffer.from('{}'),
      engine: parseVersion('29.2')!,
      argv: ['dockerd', '--nri-opts', flag],
      host: {},
    }).starts;
  expect(['enable', 'enable=true,socket-path=/run/n', 'foo=1', 'enable=maybe'].map(given)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
