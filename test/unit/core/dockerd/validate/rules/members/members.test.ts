import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf } from '../../../../../../support/judge-config.js';

/** `subject -> hint` of what is said of members. */
const said = (config: unknown, engine = '28.5.2') =>
  judge(config, { engine })
    .findings.filter(({ code }) => /unknown|no-effect|ignored|bad-network|other-engine/.test(code))
    .map(({ subject, hint }) => `${subject} -> ${hint}`);

const gc = (parts: object) => ({ builder: { gc: { enabled: true, ...parts } } });

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
      { builder: { defaultKeepStorage: '1g' } },
      '28.5.2',
      'builder.defaultKeepStorage -> put it into "gc", or remove it',
    ],
    [
      gc({ reservedSpace: '1GB' }),
      '28.5.2',
      'builder.gc.reservedSpace -> write defaultReservedSpace',
    ],
    [
      gc({ defaultReservedSpace: '1GB' }),
      '26.1.5',
      'builder.gc.defaultReservedSpace -> write defaultKeepStorage',
    ],
    [
      gc({ defaultKeepStorag: '1GB' }),
      '20.10.24',
      'builder.gc.defaultKeepStorag -> write defaultKeepStorage',
    ],
    [{ builder: { gc: { foo: 1 } } }, '28.5.2', 'builder.gc.foo -> remove "foo"'],
    [
      gc({ policy: [{ keepDuration: '48h', keepStorage: '1GB' }] }),
      '28.5.2',
      'builder.gc.policy.0.keepDuration -> remove "keepDuration"',
    ],
    [
      gc({ policy: [{ maxUsedSpace: '48h', keepStorage: '1GB' }] }),
      '27.5.1',
      'builder.gc.policy.0.maxUsedSpace -> remove "maxUsedSpace"',
    ],
    [
      { builder: { entitlements: { device: true } } },
      '28.5.2',
      'builder.entitlements.device -> remove "device"',
    ],
    [{ builder: { history: { maxAge: 1 } } }, '23.0.1', 'builder.history -> remove "history"'],
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
  ])('%j with %s: %s', (config, engine, expected) => {
    expect(said(config, engine)).toEqual([expected]);
    expect(judge(config, { engine })).toMatchObject({ starts: true });
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

  test('is a warning of its own code', () => {
    expect(verdictOf({ builder: { defaultKeepStorage: '1g' } })).toEqual([
      'works',
      'warning unknown-member builder.defaultKeepStorage -> put it into "gc", or remove it',
    ]);
  });

  test('what nri-opts does not know stops dockerd', () => {
    const config = { 'nri-opts': { enable: true, foo: 1 } };
    expect(judge(config, { engine: '29.2' })).toMatchObject({ starts: false, reloads: false });
    expect(said(config, '29.2')).toEqual(['nri-opts.foo -> remove "foo"']);
  });
});
