import { describe, expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';

const judge = (config: unknown, engine: string) =>
  validateConfig({
    bytes: Buffer.from(JSON.stringify(config)),
    engine: parseVersion(engine)!,
    argv: ['dockerd'],
    host: {},
  });

/** `subject -> hint` of what is said of members. */
const said = (config: unknown, engine = '28.5.2') =>
  judge(config, engine)
    .findings.filter(({ code }) => /unknown|no-effect|ignored|bad-network|other-engine/.test(code))
    .map(({ subject, hint }) => `${subject} -> ${hint}`);

test.each([
  [{ builder: { gc: { enabled: true }, GC: { defaultKeepStorage: '10xx' } } }, 'builder.GC'],
  [
    { 'default-address-pools': [{ base: '10.0.0.0/16', Base: '10.1.0.0/16', size: 24 }] },
    'default-address-pools.0.Base',
  ],
  [
    { 'default-ulimits': { nofile: { Name: 'nofile', name: 'nproc', Hard: 1, Soft: 1 } } },
    'default-ulimits.nofile.name',
  ],
  [{ runtimes: { a: { path: '/a', Path: '/b' } } }, 'runtimes.a.Path'],
])('%j has one member in two spellings', (config, subject) => {
  for (const engine of ['20.10.24', '26.1.5', '28.5.2'])
    expect(judge(config, engine).findings).toContainEqual(
      expect.objectContaining({ code: 'duplicate-key', severity: 'warning', subject }),
    );
});

test('what two spellings of builder.gc make together stops dockerd', () => {
  const config = { builder: { gc: { enabled: true }, GC: { defaultKeepStorage: '10xx' } } };
  for (const engine of ['20.10.24', '26.1.5', '28.5.2'])
    expect(judge(config, engine).starts).toBe(false);
});

describe('a member that dockerd passes over', () => {
  test.each([
    [
      { runtimes: { x: { path: '/x', args: ['-v'] } } },
      '28.5.2',
      'runtimes.x.args -> write runtimeArgs',
    ],
    [
      { runtimes: { x: { path: '/x', runtimeArg: [] } } },
      '28.5.2',
      'runtimes.x.runtimeArg -> write runtimeArgs',
    ],
    [
      { runtimes: { x: { runtimeType: 'io.containerd.runsc.v1', path: '' } } },
      '23.0.18',
      'runtimes.x.runtimeType -> remove "runtimeType"',
    ],
    [
      { builder: { gc: { enabled: true, reservedSpace: '1GB' } } },
      '28.5.2',
      'builder.gc.reservedSpace -> write defaultReservedSpace',
    ],
    [
      { builder: { gc: { enabled: true, defaultReservedSpace: '1GB' } } },
      '26.1.5',
      'builder.gc.defaultReservedSpace -> write defaultKeepStorage',
    ],
    [
      { builder: { gc: { enabled: true, defaultKeepStorag: '1GB' } } },
      '20.10.24',
      'builder.gc.defaultKeepStorag -> write defaultKeepStorage',
    ],
    [{ builder: { gc: { foo: 1 } } }, '28.5.2', 'builder.gc.foo -> remove "foo"'],
    [
      { builder: { gc: { enabled: true, policy: [{ keepDuration: '48h', keepStorage: '1GB' }] } } },
      '28.5.2',
      'builder.gc.policy.0.keepDuration -> remove "keepDuration"',
    ],
    [
      { builder: { gc: { enabled: true, policy: [{ maxUsedSpace: '48h', keepStorage: '1GB' }] } } },
      '27.5.1',
      'builder.gc.policy.0.maxUsedSpace -> remove "maxUsedSpace"',
    ],
    [
      {
        builder: {
          gc: { enabled: true, policy: [{ keepStorage: '1GB', filter: ['type==source.local'] }] },
        },
      },
      '28.5.2',
      'builder.gc.policy.0.filter -> write "type=source.local"',
    ],
    [
      {
        builder: {
          gc: { enabled: true, policy: [{ keepStorage: '1GB', filter: ['types=regular'] }] },
        },
      },
      '28.5.2',
      'builder.gc.policy.0.filter -> write "type=regular"',
    ],
    [
      { builder: { entitlements: { device: true } } },
      '28.5.2',
      'builder.entitlements.device -> remove "device"',
    ],
    [{ builder: { history: { maxAge: 1 } } }, '23.0.1', 'builder.history -> remove "history"'],
    [
      { builder: { gc: { defaultKeepStorage: '1GB' } } },
      '26.1.5',
      'builder.gc.defaultKeepStorage -> write "enabled": true, or remove "defaultKeepStorage"',
    ],
    [
      {
        builder: {
          gc: {
            enabled: true,
            defaultKeepStorage: '1GB',
            policy: [{ all: true, keepStorage: '1GB' }],
          },
        },
      },
      '28.5.2',
      'builder.gc.defaultKeepStorage -> put the size into the rules of the policy, or remove it',
    ],
    [
      { 'default-ulimits': { nofile: { Name: 'nproc', Hard: 1, Soft: 1 } } },
      '28.5.2',
      'default-ulimits.nofile -> write "Name": "nofile"',
    ],
    [
      { 'default-ulimits': { nofile: { Name: 'nofile', Hard: 1, Soft: 1, Max: 3 } } },
      '28.5.2',
      'default-ulimits.nofile.Max -> write Hard',
    ],
    [
      { 'default-address-pools': [{ base: '10.7.0.0/16', size: 24, scope: 'local' }] },
      '28.5.2',
      'default-address-pools.0.scope -> remove "scope"',
    ],
    [
      { 'default-network-opts': { bridge: { 'com.docker.network.bridge.mtu': '1450' } } },
      '28.5.2',
      'default-network-opts.bridge.com.docker.network.bridge.mtu -> write com.docker.network.driver.mtu',
    ],
    [
      { 'default-network-opts': { bridge: { mtu: '1450' } } },
      '28.5.2',
      'default-network-opts.bridge.mtu -> write com.docker.network.driver.mtu',
    ],
    [
      { 'default-network-opts': { bridges: { 'com.docker.network.driver.mtu': '1450' } } },
      '28.5.2',
      'default-network-opts.bridges -> write bridge',
    ],
    [
      {
        'default-network-opts': {
          bridge: { 'com.docker.network.bridge.gateway_mode_ipv4': 'routed' },
        },
      },
      '26.1.5',
      'default-network-opts.bridge.com.docker.network.bridge.gateway_mode_ipv4 -> remove "com.docker.network.bridge.gateway_mode_ipv4"',
    ],
    [
      { 'default-network-opts': { bridge: { 'com.docker.network.bridge.enable_icc': 'yes' } } },
      '28.5.2',
      'default-network-opts.bridge.com.docker.network.bridge.enable_icc -> write "true" or "false"',
    ],
    [
      { features: { 'containerd-snapshotter': true } },
      '20.10.24',
      'features.containerd-snapshotter -> remove "containerd-snapshotter"',
    ],
    [
      { features: { 'containerd-snapshoter': true } },
      '28.5.2',
      'features.containerd-snapshoter -> write containerd-snapshotter',
    ],
    [
      { features: { 'time-namespaces': true } },
      '29.4',
      'features.time-namespaces -> remove "time-namespaces"',
    ],
  ])('%j with %s: %s', (config, engine, expected) => {
    expect(said(config, engine)).toEqual([expected]);
    expect(judge(config, engine)).toMatchObject({ starts: true });
  });

  test.each([
    [{ runtimes: { x: { Path: '/x', RUNTIMEARGS: [] } } }, '28.5.2'],
    [{ runtimes: { x: { runtimeType: 'io.containerd.runsc.v1', options: { a: 1 } } } }, '24.0'],
    [
      {
        builder: {
          GC: {
            Enabled: true,
            policy: [{ All: true, reservedSpace: '1GB', filter: ['unused-for=48h'] }],
          },
        },
      },
      '28.5.2',
    ],
    [{ builder: { entitlements: { device: true } } }, '29'],
    [{ 'default-ulimits': { nofile: { name: 'nofile', hard: 1, SOFT: 1 } } }, '28.5.2'],
    [
      {
        'default-network-opts': {
          bridge: { 'com.docker.network.driver.mtu': '1450' },
          'vendor/net:1': { a: 'b' },
        },
      },
      '28.5.2',
    ],
    [{ features: { cdi: true, buildkit: true } }, '28.5.2'],
  ])('nothing is said of %j with %s', (config, engine) => {
    expect(said(config, engine)).toEqual([]);
  });

  test('what nri-opts does not know stops dockerd', () => {
    const config = { 'nri-opts': { enable: true, foo: 1 } };
    expect(judge(config, '29.2')).toMatchObject({ starts: false, reloads: false });
    expect(said(config, '29.2')).toEqual(['nri-opts.foo -> remove "foo"']);
  });
});

test('20.10 has no key for a proxy, and without one pulls lose it: the drop-in comes first', () => {
  const dropIn =
    /^set HTTP_PROXY, HTTPS_PROXY and NO_PROXY in a drop-in of docker\.service, then remove it/;
  for (const config of [
    { 'http-proxy': 'http://p:1' },
    { proxies: { 'http-proxy': 'http://p:1' } },
  ]) {
    const { findings } = judge(config, '20.10.24');
    expect(findings).toMatchObject([
      { code: 'key-of-other-engine', hint: expect.stringMatching(dropIn) },
    ]);
  }
});

test('26.1 makes networks without the option that enables IPv6, and 28.5 with it', () => {
  const config = {
    'default-network-opts': { bridge: { 'com.docker.network.enable_ipv6': 'true' } },
  };
  expect(judge(config, '28.5.2').findings).toEqual([]);
  expect(judge(config, '26.1.5').findings).toMatchObject([
    { code: 'unknown-member', severity: 'warning' },
  ]);
});
