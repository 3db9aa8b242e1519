import { describe, expect, test } from '@jest/globals';
import {
  NO_WITNESSES,
  type Witnesses,
} from '../../../../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { keyStates } from '../../../../../src/core/dockerd/running/key-states.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

interface World extends Partial<Omit<ObservedDaemon, 'witnesses'>> {
  readonly witnesses?: Partial<Witnesses>;
}

/** A process whose variables can be seen, and who has not re-read its file. */
const SEEN: Partial<Witnesses> = { environment: new Map(), reload: { kind: 'none' } };

function states(file: unknown, { witnesses = {}, ...rest }: World = {}) {
  const observed = observedDaemon({
    ...rest,
    witnesses: { ...NO_WITNESSES, ...SEEN, ...witnesses },
  });
  const all = keyStates(observed, openDocument(Buffer.from(JSON.stringify(file)), '/d.json'));
  return (key: string) => all.find((state) => state.key === key);
}

const BRIDGE = {
  EnableIPv6: false,
  IPAM: { Config: [{ Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' }] },
  Options: {
    'com.docker.network.bridge.enable_icc': 'true',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
    'com.docker.network.bridge.name': 'docker0',
    'com.docker.network.driver.mtu': '1500',
  },
};

describe('what is read at start only', () => {
  const file = { 'log-opts': { 'max-size': '10m' } };

  test('counts as it was started, whatever was reloaded since: its own log says so', () => {
    const reload = { kind: 'seen', attributes: {} } as const;
    const reported = { 'log-driver': 'json-file', icc: true };
    expect(states(file, { witnesses: { reload, reported } })('log-opts')).toMatchObject({
      current: { value: undefined },
      evidence: 'recorded',
      pending: 'restart',
    });
  });

  test('counts as we recorded it for this very process', () => {
    const record = {
      startedWith: '{"log-opts":{"max-size":"10m"},"live-restore":true}',
      by: 'start',
    } as const;
    expect(states(file, { witnesses: { record } })('log-opts')).toMatchObject({
      evidence: 'recorded',
      pending: null,
    });
    expect(states({}, { witnesses: { record } })('log-opts')).toMatchObject({ pending: 'restart' });
  });

  test('is only inferred where nothing but the times of the file speak for it', () => {
    expect(states(file, { witnesses: { fileIsOlder: true } })('log-opts')).toMatchObject({
      evidence: 'inferred',
      pending: null,
    });
  });

  test('is not known where the file was changed and nobody recorded what it was', () => {
    expect(states(file, { witnesses: { fileIsOlder: false } })('log-opts')).toMatchObject({
      current: null,
      evidence: 'unknown',
      pending: null,
    });
  });

  test('a flag of the process is proof whatever became of the file', () => {
    const argv = ['dockerd', '--mtu=1400', '--log-opt', 'tag=x'];
    const seen = states({}, { argv, witnesses: { fileIsOlder: false, defaultBridge: BRIDGE } });
    expect(seen('log-opts')).toMatchObject({
      current: { value: { tag: 'x' } },
      evidence: 'recorded',
      pending: null,
    });
  });

  test('true by default is absent from the line where it is false', () => {
    const reload = { kind: 'seen', attributes: {} } as const;
    const seen = states({ iptables: false }, { witnesses: { reload, reported: {} } });
    expect(seen('iptables')).toMatchObject({ current: { value: false }, pending: null });
    expect(seen('ip-forward')).toMatchObject({ current: { value: false }, pending: 'restart' });
  });
});

describe('what a reload brings', () => {
  const file = { 'max-concurrent-downloads': 7, 'default-shm-size': '32M' };

  test('is what the event of the last reload says', () => {
    const attributes = { 'max-concurrent-downloads': '3', 'default-shm-size': '33554432' };
    const seen = states(file, { witnesses: { reload: { kind: 'seen', attributes } } });
    expect(seen('max-concurrent-downloads')).toMatchObject({
      current: { value: 3 },
      pending: 'reload',
    });
    expect(seen('default-shm-size')).toMatchObject({ pending: null, evidence: 'recorded' });
  });

  test('is nothing without a reload: the file was changed since', () => {
    const record = { startedWith: '{}', by: 'start' } as const;
    expect(states(file, { witnesses: { record } })('max-concurrent-downloads')).toMatchObject({
      current: { value: undefined },
      pending: 'reload',
    });
  });

  test.each([
    ['2', 'host', 'restart'],
    ['2', 'private', null],
    ['1', 'host', null],
    ['1', 'private', 'restart'],
  ])('stays when the file says it no more: on cgroup v%s %s', (CgroupVersion, mode, pending) => {
    const attributes = { 'default-cgroupns-mode': mode };
    const reload = { kind: 'seen', attributes } as const;
    const seen = states({}, { info: { CgroupVersion }, witnesses: { reload } });
    expect(seen('default-cgroupns-mode')).toMatchObject({ current: { value: mode }, pending });
  });

  test('of network-diagnostic-port every start forgets', () => {
    const port = { 'network-diagnostic-port': 2111 };
    const record = { startedWith: JSON.stringify(port), by: 'start' } as const;
    expect(states(port, { witnesses: { record } })('network-diagnostic-port')).toMatchObject({
      current: { value: undefined },
      pending: 'reload',
    });
  });
});

describe('the default bridge', () => {
  const record = { startedWith: '{"icc":false,"ip":"127.0.0.1"}', by: 'start' } as const;
  const file = { icc: false, ip: '127.0.0.1' };

  test('is as it is seen: a start with running containers left it alone', () => {
    const seen = states(file, { witnesses: { record, defaultBridge: BRIDGE } });
    for (const key of ['icc', 'ip'])
      expect(seen(key)).toMatchObject({
        evidence: 'shown',
        pending: 'restart without containers',
      });
    expect(seen('mtu')).toMatchObject({ pending: null });
    expect(seen('bip')).toMatchObject({ shown: { value: '172.17.0.1/16' }, pending: null });
  });

  test('has no address that 20.10 would show: what is asked for is not in force for that', () => {
    const defaultBridge = { ...BRIDGE, IPAM: { Config: [{ Subnet: '172.17.0.0/16' }] } };
    const none = { startedWith: '{}', by: 'start' } as const;
    const seen = states({ bip: '10.9.0.1/24' }, { witnesses: { record: none, defaultBridge } });
    expect(seen('bip')).toMatchObject({ shown: null, pending: 'restart without containers' });
    const same = { startedWith: '{"bip":"10.9.0.1/24"}', by: 'start' } as const;
    const held = states({ bip: '10.9.0.1/24' }, { witnesses: { record: same, defaultBridge } });
    expect(held('bip')).toMatchObject({ pending: null });
    expect(states({}, { witnesses: { record: none, defaultBridge } })('bip')).toMatchObject({
      pending: null,
    });
  });

  test('is not known where it cannot be seen', () => {
    expect(states(file, { witnesses: { record } })('icc')).toMatchObject({ evidence: 'unknown' });
  });

  test('does not masquerade without iptables, and nobody is waited for', () => {
    const masks = { 'com.docker.network.bridge.enable_ip_masquerade': 'false' };
    const defaultBridge = { ...BRIDGE, Options: { ...BRIDGE.Options, ...masks } };
    const held = { startedWith: '{"iptables":false}', by: 'start' } as const;
    const seen = states({ iptables: false }, { witnesses: { record: held, defaultBridge } });
    expect(seen('ip-masq')).toMatchObject({ shown: { value: false }, pending: null });
    expect(states({}, { witnesses: { record: held, defaultBridge } })('ip-masq')).toMatchObject({
      pending: 'restart without containers',
    });
  });

  test('may be none at all', () => {
    const seen = states({ bridge: 'none' }, { witnesses: { record, defaultBridge: 'none' } });
    expect(seen('bridge')).toMatchObject({ evidence: 'shown', pending: null });
  });
});

describe('flags and environment', () => {
  const variable = (name: string, value: string) =>
    new Map([[name, { value, source: '/etc/systemd/system/docker.service.d/e.conf' }]]);

  test('DOCKER_DRIVER has the word before file and flag', () => {
    const seen = states(
      { 'storage-driver': 'overlay2' },
      {
        info: { Driver: 'vfs' },
        witnesses: {
          environment: new Map([['DOCKER_DRIVER', 'vfs']]),
          startEnvironment: variable('DOCKER_DRIVER', 'vfs'),
        },
      },
    );
    expect(seen('storage-driver')).toMatchObject({
      next: { value: 'vfs', source: 'environment' },
      pending: null,
      said: [
        { source: 'file', value: 'overlay2' },
        { source: 'environment', value: 'vfs', from: expect.stringMatching(/e\.conf$/) },
      ],
    });
  });

  test('proxies hold member by member, and an empty text switches no variable off', () => {
    const seen = states(
      { proxies: { 'https-proxy': 'http://file:1', 'http-proxy': '' } },
      { witnesses: { startEnvironment: variable('http_proxy', 'http://env:1') } },
    );
    expect(seen('proxies')?.next).toEqual({
      value: { 'http-proxy': 'http://env:1', 'https-proxy': 'http://file:1' },
      source: 'file',
    });
  });

  test('an empty text in the file is said by nobody', () => {
    const environment = new Map([['HTTP_PROXY', 'http://e:1']]);
    const startEnvironment = new Map([['HTTP_PROXY', { value: 'http://e:1', source: '/u' }]]);
    const seen = states(
      { proxies: { 'http-proxy': '' } },
      { info: { HttpProxy: 'http://e:1' }, witnesses: { environment, startEnvironment } },
    );
    expect(seen('proxies')).toMatchObject({
      next: { value: { 'http-proxy': 'http://e:1' }, source: 'environment' },
    });
  });

  test('a password that dockerd masks is no difference', () => {
    const proxies = { 'http-proxy': 'http://user:secret@p:1' };
    const info = { HttpProxy: 'http://xxxxx:xxxxx@p:1' };
    expect(states({ proxies }, { info })('proxies')).toMatchObject({ pending: null });
  });

  test('DEBUG makes /info true and nothing else', () => {
    const seen = states(
      { debug: true },
      {
        info: { Debug: true },
        witnesses: {
          environment: new Map([['DEBUG', '1']]),
          record: { startedWith: '{}', by: 'start' },
        },
      },
    );
    expect(seen('debug')).toMatchObject({ shown: null, pending: 'reload' });
  });
});

describe('features', () => {
  const features = { 'containerd-snapshotter': true, buildkit: true };
  const info = { Driver: 'overlay2', DriverStatus: [['Backing Filesystem', 'extfs']] };
  const reload = {
    kind: 'seen',
    attributes: { features: 'map[buildkit:true containerd-snapshotter:true]' },
  } as const;

  test('the image store is the one that is shown, whatever was reloaded', () => {
    expect(
      states({ features }, { info, version: '28.5.2', witnesses: { reload } })('features'),
    ).toMatchObject({
      current: { value: { buildkit: true, 'containerd-snapshotter': false } },
      pending: 'restart',
    });
  });

  test('buildkit is re-read', () => {
    const seen = states({ features: { buildkit: false } }, { info, witnesses: { reload } });
    expect(seen('features')).toMatchObject({ pending: 'reload' });
  });
});

test.each([
  ['invalid Prefix after a reload is no pool', [{ Base: 'invalid Prefix', Size: 24 }], null],
  ['pools are those of the file', [{ Base: '10.9.0.0/16', Size: 24 }], 'shown'],
])('/info: %s', (_, DefaultAddressPools, evidence) => {
  const file = { 'default-address-pools': [{ base: '10.9.0.0/16', size: 24 }] };
  const seen = states(file, {
    version: '28.5.2',
    info: { DefaultAddressPools },
    witnesses: { record: { startedWith: JSON.stringify(file), by: 'start' } },
  })('default-address-pools');
  expect(seen).toMatchObject({ pending: null, evidence: evidence ?? 'recorded' });
});

test('no-new-privileges is in no /info before 24', () => {
  const file = { 'no-new-privileges': true };
  const seen = states(file, {
    version: '20.10.24',
    info: { SecurityOptions: ['name=seccomp,profile=default'] },
    witnesses: { record: { startedWith: JSON.stringify(file), by: 'start' } },
  })('no-new-privileges');
  expect(seen).toMatchObject({ evidence: 'recorded', pending: null });
});

test('a dockerd that is down has nothing in force and nothing pending', () => {
  const seen = states({ dns: ['1.1.1.1'] }, { state: 'stopped', info: null, pid: null });
  expect(seen('dns')).toMatchObject({ evidence: 'no daemon', pending: null, current: null });
});

describe('data-root', () => {
  const info = { DockerRootDir: '/srv/docker' };
  const witnesses = { fileIsOlder: false };

  test('is shown by /info where that names what a start would take, remapped users or not', () => {
    const known = { evidence: 'shown', pending: null, current: { value: '/srv/docker' } };
    const file = { 'data-root': '/srv/docker' };
    expect(states(file, { info, witnesses })('data-root')).toMatchObject(known);
    const remapped = { DockerRootDir: '/srv/docker/100000.100000' };
    expect(states(file, { info: remapped, witnesses })('data-root')).toMatchObject(known);
    const own = { info: { DockerRootDir: '/var/lib/docker' }, witnesses };
    expect(states({}, own)('data-root')).toMatchObject({ evidence: 'shown', pending: null });
  });

  // moby daemon_unix.go, setupDaemonRoot: the folder that a link leads to.
  test('tells nothing where it names another: the file may name a link', () => {
    const state = states({ 'data-root': '/srv/link' }, { info, witnesses })('data-root');
    expect(state).toMatchObject({ evidence: 'unknown', pending: null, current: null });
  });
});
