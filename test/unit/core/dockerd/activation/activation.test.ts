import { describe, expect, test } from '@jest/globals';
import {
  decideActivation,
  type DaemonConfig,
} from '../../../../../src/core/dockerd/activation/activation.js';

const decide = (
  before: DaemonConfig,
  after: DaemonConfig,
  daemon: {
    version?: string;
    argv?: string[];
    hostGatewayUsers?: string[];
    shimRuntimeUsers?: string[];
  } = {},
) =>
  decideActivation(before, after, {
    hostGatewayUsers: daemon.hostGatewayUsers ?? [],
    shimRuntimeUsers: daemon.shimRuntimeUsers ?? [],
    version: daemon.version ?? '28.5.2',
    argv: ['dockerd', ...(daemon.argv ?? [])],
  });
const actionOf = (...args: Parameters<typeof decide>) => decide(...args).activation.action;

describe('the cheapest way to make dockerd notice', () => {
  test.each<[string, DaemonConfig, DaemonConfig, string]>([
    ['a new mirror', {}, { 'registry-mirrors': ['https://a'] }, 'reload'],
    [
      'a mirror spelt with a slash',
      { 'registry-mirrors': ['https://a'] },
      { 'registry-mirrors': ['https://a/'] },
      'none',
    ],
    [
      'mirrors in another order',
      { 'registry-mirrors': ['https://a', 'https://b'] },
      { 'registry-mirrors': ['https://b', 'https://a'] },
      'reload',
    ],
    [
      'insecure registries in another order',
      { 'insecure-registries': ['a', 'b'] },
      { 'insecure-registries': ['b', 'a', 'a'] },
      'none',
    ],
    [
      'a list that becomes []',
      { 'registry-mirrors': ['https://a'] },
      { 'registry-mirrors': [] },
      'reload',
    ],
    [
      'a list that becomes null',
      { 'registry-mirrors': ['https://a'] },
      { 'registry-mirrors': null },
      'reload',
    ],
    ['a list that leaves the file', { 'registry-mirrors': ['https://a'] }, {}, 'restart'],
    ['an empty list that leaves the file', { 'registry-mirrors': [] }, {}, 'none'],
    ['a number that leaves the file', { 'max-concurrent-downloads': 9 }, {}, 'reload'],
    [
      'a default that is spelt out',
      {},
      { 'max-concurrent-downloads': 3, 'log-driver': 'json-file', icc: true },
      'none',
    ],
    [
      'default-runtime emptied',
      { 'default-runtime': 'crun' },
      { 'default-runtime': '' },
      'restart',
    ],
    ['a log driver', {}, { 'log-driver': 'journald' }, 'restart'],
    [
      'members in another order',
      { 'log-opts': { a: '1', b: '2' } },
      { 'log-opts': { b: '2', a: '1' } },
      'none',
    ],
    [
      'a size in other words',
      { 'default-shm-size': '1g' },
      { 'default-shm-size': '1024MiB' },
      'none',
    ],
    ['a feature read at start', {}, { features: { 'containerd-snapshotter': true } }, 'restart'],
    ['a feature read at any time', {}, { features: { buildkit: false } }, 'reload'],
    ['authorization plugins', {}, { 'authorization-plugins': ['x'] }, 'restart'],
    ['a name that dockerd ignores', {}, { 'registry-mirror': ['https://a'], _comment: {} }, 'none'],
    ['a key of a newer engine', {}, { 'min-api-version': '1.40' }, 'restart'],
    ['a key that does nothing any more', {}, { 'allow-nondistributable-artifacts': ['a'] }, 'none'],
    ['a reloadable and another key', {}, { debug: true, mtu: 1400 }, 'restart'],
    ['a stop timeout of 0', { 'shutdown-timeout': 15 }, { 'shutdown-timeout': 0 }, 'none'],
  ])('%s', (...[, before, after, action]) => {
    expect(actionOf(before, after)).toBe(action);
  });

  test('says why, a sentence for each key that asks for that much', () => {
    const { activation } = decide({ labels: ['a=b'] }, { debug: true, mtu: 1400 });
    expect(activation.reasons).toEqual([
      'labels keeps its old value through a reload when the file is silent; [] in the file clears it by reload',
      'mtu is read at start only',
    ]);
  });

  test('an engine that nobody knows is judged as the newest', () => {
    expect(
      decideActivation({}, { 'min-api-version': '1.44' }, { version: null, argv: [] }).activation
        .reasons,
    ).toEqual(['min-api-version is read at start only']);
  });
});

describe('a reload that would do harm', () => {
  const mirrors = { 'registry-mirrors': ['https://a'] };

  test.each<[string, string, DaemonConfig, string[], string]>([
    [
      'insecure hosts are forgotten',
      '23.0.6',
      { ...mirrors, 'insecure-registries': ['reg:5000'] },
      [],
      'restart',
    ],
    [
      'insecure hosts are forgotten',
      '24.0.0',
      { ...mirrors, 'insecure-registries': ['reg:5000'] },
      [],
      'restart',
    ],
    ['fixed', '23.0.7', { ...mirrors, 'insecure-registries': ['reg:5000'] }, [], 'reload'],
    [
      'blocks are kept',
      '24.0.0',
      { ...mirrors, 'insecure-registries': ['10.0.0.0/8'] },
      [],
      'reload',
    ],
    ["flags' hosts are forgotten", '24.0.9', mirrors, ['--insecure-registry=reg'], 'restart'],
    ['fixed', '25.0.0', mirrors, ['--insecure-registry=reg'], 'reload'],
    ['dns is corrupted', '29.2.1', { ...mirrors, dns: ['1.1.1.1'] }, [], 'restart'],
    ['dns is corrupted', '29.0.0', mirrors, ['--dns', '1.1.1.1'], 'restart'],
    ['fixed', '29.3.0', { ...mirrors, dns: ['1.1.1.1'] }, [], 'reload'],
    ['the reload is refused', '26.1.5', { ...mirrors, 'userland-proxy': true }, [], 'restart'],
    [
      'a path is given',
      '26.1.5',
      { ...mirrors, 'userland-proxy': true, 'userland-proxy-path': '/p' },
      [],
      'reload',
    ],
    ['not yet refused', '24.0.9', { ...mirrors, 'userland-proxy': true }, [], 'reload'],
    [
      'authorization plugins are switched off',
      '28.5.2',
      mirrors,
      ['--authorization-plugin=p'],
      'restart',
    ],
    [
      "flags' runtimes are dropped",
      '28.5.2',
      { ...mirrors, runtimes: {} },
      ['--add-runtime=a=/b'],
      'restart',
    ],
  ])('%s on %s', (...[, version, after, argv, action]) => {
    const before = { ...after, 'registry-mirrors': [] };
    expect(actionOf(before, after, { version, argv })).toBe(action);
  });

  test('that keeps a container from starting again is a restart, but for who asks for it', () => {
    const hostGatewayUsers = ['web', 'worker'];
    const { activation, notes } = decide({}, mirrors, { hostGatewayUsers });
    expect(activation).toEqual({
      action: 'restart',
      harmfulReload: true,
      reasons: [expect.stringMatching(/would keep web, worker from starting again.*moby#52056/)],
    });
    expect(notes).toEqual([]);
    expect(actionOf({}, mirrors, { hostGatewayUsers, version: '27.5.1' })).toBe('reload');
    const none = { bridge: 'none' };
    expect(actionOf(none, { ...mirrors, ...none }, { hostGatewayUsers })).toBe('reload');
    const both = decide({}, { ...mirrors, icc: false }, { hostGatewayUsers });
    expect(both.activation.harmfulReload).toBeUndefined();
  });

  // moby 20.10 daemon/reload_unix.go: the file's runtimes take the place of containerd's own.
  test('that loses the runtime of a container is a restart', () => {
    const shimRuntimeUsers = ['old'];
    const runtimes = { runtimes: { x: { path: '/usr/bin/runc' } } };
    const after = { ...mirrors, ...runtimes };
    const { activation } = decide(runtimes, after, { shimRuntimeUsers, version: '20.10.24' });
    expect(activation).toMatchObject({
      action: 'restart',
      harmfulReload: true,
      reasons: [expect.stringMatching(/would keep old from starting again.*io\.containerd/)],
    });
    expect(actionOf({}, mirrors, { shimRuntimeUsers, version: '20.10.24' })).toBe('reload');
    expect(actionOf(runtimes, after, { shimRuntimeUsers, version: '26.1.5' })).toBe('reload');
  });

  test('is only told where it is harmless enough', () => {
    const { activation, notes } = decide({}, mirrors, { argv: ['--max-concurrent-downloads=9'] });
    expect(activation.action).toBe('reload');
    expect(notes).toEqual([
      expect.stringMatching(/host-gateway.*moby#52056/),
      'the reload sets max-concurrent-downloads back to its default, although a flag names it',
    ]);
  });

  test('does not matter when nothing is reloaded', () => {
    expect(actionOf({}, {}, { argv: ['--authorization-plugin=p'] })).toBe('none');
  });
});

describe('what proves a change', () => {
  test('mirrors as /info spells them', () => {
    expect(decide({}, { 'registry-mirrors': ['https://a'] }).expect).toEqual([
      {
        kind: 'info',
        pointer: '/RegistryConfig/Mirrors',
        match: 'equals',
        value: ['https://a/'],
        key: 'registry-mirrors',
      },
    ]);
  });

  test('insecure hosts by name, blocks by block, and what is gone is gone', () => {
    const { expect: found } = decide(
      { 'insecure-registries': ['old:5000', '10.0.0.0/8'] },
      { 'insecure-registries': ['http://new:5000', '192.168.1.1/16', '127.0.0.0/8'] },
    );
    expect(found.map((one) => one.kind === 'info' && [one.pointer, one.match, one.value])).toEqual([
      ['/RegistryConfig/IndexConfigs', 'includes', 'new:5000'],
      ['/RegistryConfig/IndexConfigs', 'excludes', 'old:5000'],
      ['/RegistryConfig/InsecureRegistryCIDRs', 'includes', '192.168.0.0/16'],
      ['/RegistryConfig/InsecureRegistryCIDRs', 'excludes', '10.0.0.0/8'],
    ]);
  });

  test('what only the reload event shows, in its words', () => {
    const { expect: found } = decide(
      { 'max-concurrent-uploads': 9 },
      {
        'default-shm-size': '1g',
        features: { b: true, a: false },
        'default-ipc-mode': 'shareable',
      },
    );
    expect(found.map((one) => one.kind === 'reload-event' && [one.attribute, one.value])).toEqual([
      ['max-concurrent-uploads', '5'],
      ['default-shm-size', '1073741824'],
      ['features', 'map[a:false b:true]'],
      ['default-ipc-mode', 'shareable'],
    ]);
  });

  test('nothing of the reload event after a restart', () => {
    const { expect: found } = decide(
      {},
      { 'default-ipc-mode': 'shareable', 'exec-opts': ['native.cgroupdriver=systemd'] },
    );
    expect(found).toEqual([
      {
        kind: 'info',
        pointer: '/CgroupDriver',
        match: 'equals',
        value: 'systemd',
        key: 'exec-opts',
      },
    ]);
  });

  test('pools, runtimes, security options', () => {
    const { expect: found } = decide(
      { runtimes: { old: { path: '/o' } }, 'no-new-privileges': true },
      {
        runtimes: { crun: { path: '/c' } },
        'default-address-pools': [{ base: '10.1.0.0/16', size: 24 }],
      },
    );
    expect(found.map((one) => one.kind === 'info' && [one.pointer, one.match, one.value])).toEqual([
      ['/Runtimes', 'includes', 'crun'],
      ['/Runtimes', 'excludes', 'old'],
      ['/SecurityOptions', 'excludes', 'name=no-new-privileges'],
      ['/DefaultAddressPools', 'equals', [{ Base: '10.1.0.0/16', Size: 24 }]],
    ]);
  });
});
