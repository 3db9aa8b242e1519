import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../src/core/dockerd/validate/host-facts.js';
import { validateConfig } from '../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

interface Given {
  readonly engine?: string;
  readonly argv?: readonly string[];
  readonly host?: HostFacts;
}

const judge = (text: string, { engine = '28.5.2', argv = [], host = {} }: Given = {}) =>
  validateConfig({
    bytes: Buffer.from(text),
    engine: parseVersion(engine)!,
    argv: ['dockerd', ...argv],
    host,
  });

/** `severity code line:column` of every finding. */
const said = (text: string, given?: Given) =>
  judge(text, given).findings.map(
    ({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`,
  );

describe('a configuration that works as meant', () => {
  test.each([
    '{}',
    '',
    'null',
    '{"registry-mirrors": ["https://mirror.example.com"], "insecure-registries": ["reg:5000"]}',
    '{"exec-opts": ["native.cgroupdriver=systemd"], "log-driver": "json-file", "log-opts": {"max-size": "100m", "max-file": "3"}, "storage-driver": "overlay2"}',
    '{"runtimes": {"nvidia": {"path": "nvidia-container-runtime", "runtimeArgs": []}}, "default-runtime": "nvidia"}',
    '{"builder": {"gc": {"enabled": true, "defaultKeepStorage": "20GB"}}, "experimental": false, "features": {"buildkit": true}}',
    '{"default-address-pools": [{"base": "10.200.0.0/16", "size": 24}], "bip": "10.10.0.1/24", "ipv6": true, "live-restore": true}',
    '{"hosts": ["unix:///var/run/docker.sock", "tcp://127.0.0.1:2375"]}',
    '{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true, "tlscacert": "/ca", "tlscert": "/c", "tlskey": "/k"}',
    '{"userns-remap": "default", "no-new-privileges": true, "userland-proxy": false, "icc": false}',
  ])('%.70s gets no word', (text) => {
    expect(judge(text)).toMatchObject({ starts: true, reloads: true, findings: [] });
  });
});

describe('the place of a finding', () => {
  test.each([
    ['{\n  "debgu": true\n}', 'error unknown-key 2:3'],
    ['{"labels": ["a=b",\n\t"c"]}', 'error bad-label 2:2'],
    ['{"log-opts": {"max-size": 10}}', 'error wrong-type 1:15'],
    ['{"a😀": {}, "debug": "x"}', 'error wrong-type 1:12'],
    ['{"debug": true,}', 'error trailing-comma 1:15'],
    ['{"debug": true,\r\n "debug": false}', 'warning duplicate-key 2:2'],
  ])('%j', (text, expected) => {
    expect(said(text)[0]).toBe(expected);
  });

  test('errors come first, and the path is carried along', () => {
    const { findings } = validateConfig({
      bytes: Buffer.from('{"registry-mirror": [], "debgu": 1}'),
      path: '/etc/docker/daemon.json',
      engine: parseVersion('26')!,
      argv: [],
    });
    expect(findings.map(({ code, path }) => [code, path])).toEqual([
      ['unknown-key', '/etc/docker/daemon.json'],
      ['flag-name-as-key', '/etc/docker/daemon.json'],
    ]);
  });
});

describe('what dockerd accepts and ignores', () => {
  test.each([
    ['{"registry-mirror": ["https://a"]}', 'flag-name-as-key', 'write registry-mirrors'],
    [
      '{"http-proxy": "http://p:3128"}',
      'proxy-outside-proxies',
      'write "proxies": {"http-proxy": "http://p:3128"}',
    ],
    [
      '{"http-proxy": "http://u:secret@p"}',
      'proxy-outside-proxies',
      'write "proxies": {"http-proxy": "…"}',
    ],
    [
      '{"log-opt": {"debug": "x"}}',
      'ignored-object',
      'write log-opts, if that was meant, else remove "log-opt"',
    ],
    [
      '{"containerd-plugins-namespace": "x"}',
      'ignored-key',
      'use the flag --containerd-plugins-namespace',
    ],
    [
      '{"allow-nondistributable-artifacts": []}',
      'ignored-key',
      'remove allow-nondistributable-artifacts',
    ],
    ['{"features": {"buildkti": true}}', 'unknown-feature', 'write buildkit'],
    [
      '{"builder": {"defaultKeepStorage": "1g"}}',
      'unknown-member',
      'put it into "gc", or remove it',
    ],
  ])('%s', (text, code, hint) => {
    expect(judge(text)).toMatchObject({
      starts: true,
      findings: [{ code, severity: 'warning', hint }],
    });
  });
});

describe('what to write instead', () => {
  test.each([
    ['{"insecure-registries": ["http://localhost:5000/"]}', 'write "localhost:5000"'],
    ['{"registry-mirrors": ["mirror.example.com"]}', 'write "https://mirror.example.com"'],
    ['{"registry-mirrors": "https://a"}', 'write ["https://a"]'],
    ['{"debug": "true"}', 'write true, without quotes'],
    ['{"mtu": "1400"}', 'write 1400, without quotes'],
    ['{"default-shm-size": 64}', 'write "64", in double quotes'],
    ['{"stroage-driver": "overlay2"}', 'write storage-driver'],
    ['{"cgroup-driver": "systemd"}', 'write "exec-opts": ["native.cgroupdriver=systemd"]'],
    ['{"constructor": 1}', 'remove "constructor"'],
    ['{"__proto__": 1}', 'remove "__proto__"'],
  ])('%s', (text, hint) => {
    expect(judge(text)).toMatchObject({ starts: false, findings: [{ hint }] });
  });

  test('a password in a mirror is not repeated', () => {
    const { findings } = judge('{"registry-mirrors": ["https://u:secret@a"]}');
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});

describe("flags of the unit's command line", () => {
  const argv = ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];

  test.each([
    ['{"hosts": []}', 'error flag-and-file 1:2'],
    ['{"containerd": "/run/containerd/containerd.sock"}', 'error flag-and-file 1:2'],
  ])('%s conflicts', (text, expected) => {
    expect(said(text, { argv })).toEqual([expected]);
  });

  test('count where the file is silent', () => {
    expect(said('{"icc": false}', { argv: ['--iptables=false'] })).toEqual([
      'error bad-network 1:2',
    ]);
    expect(said('{"log-opts": {"tag": "x"}}', { argv: ['--log-driver', 'local'] })).toEqual([
      'error bad-log-option 1:15',
    ]);
  });

  test('a word that is no flag stops dockerd whatever the file says', () => {
    expect(said('{}', { argv: ['--nonsense'] })).toEqual(['error bad-flag 1:1']);
  });

  const judgeAs = (text: string, [argv, running]: readonly (readonly string[])[]) =>
    validateConfig({
      bytes: Buffer.from(text),
      path: '/etc/docker/daemon.json',
      engine: parseVersion('28.5.2')!,
      argv: ['dockerd', ...(argv ?? [])],
      running: ['dockerd', ...(running ?? [])],
      sourceOf: () => '/etc/default/docker',
    });

  test('of the next start decide the start, those of the process the reload', () => {
    const text = '{"debug": true}';
    expect(judgeAs(text, [['--debug'], []])).toMatchObject({ starts: false, reloads: true });
    const { starts, reloads, findings } = judgeAs(text, [[], ['--debug']]);
    expect([starts, reloads]).toEqual([true, false]);
    expect(findings).toMatchObject([
      { code: 'flag-and-file', severity: 'warning', hint: 'dockerctl daemon restart' },
    ]);
  });

  test('a bad one is told with the file that it stands in', () => {
    const { starts, findings } = judgeAs('{}', [['--nonsense'], []]);
    expect(starts).toBe(false);
    expect(findings).toMatchObject([
      { path: '/etc/default/docker', hint: 'correct it in /etc/default/docker' },
    ]);
    expect(findings[0]).not.toHaveProperty('line');
  });
});

describe('one file, several engines', () => {
  test.each([
    ['', '20.10', ['error empty-file 1:1']],
    ['{} x', '20.10', ['warning trailing-content 1:4']],
    ['{} x', '23', ['error trailing-content 1:4']],
    ['{"graph": "/x"}', '20.10', ['warning deprecated-key 1:2']],
    ['{"graph": "/x"}', '23', ['error bad-value 1:2']],
    ['{"graph": "/x"}', '24', ['error key-of-other-engine 1:2']],
    ['{"min-api-version": "1.40"}', '28', ['error key-of-other-engine 1:2']],
    ['{"min-api-version": "1.40"}', '29', []],
    ['{"ipv6": true}', '26', ['error bad-network 1:2']],
    ['{"ipv6": true}', '27', []],
    ['{"storage-opts": ["overlay2.override_kernel_check=true"]}', '23', []],
    [
      '{"storage-opts": ["overlay2.override_kernel_check=true"]}',
      '24',
      ['error storage-option 1:19'],
    ],
    ['{"userland-proxy": true}', '24', []],
    ['{"userland-proxy": true}', '25', ['warning reload-refused 1:2']],
    ['{"registry-mirrors": ["https://a/b"]}', '24.0.7', ['error bad-mirror 1:23']],
    ['{"registry-mirrors": ["https://a/b"]}', '24.0.8', []],
    [
      '{"builder": {"history": {"maxAge": 1}, "History": {"maxAge": "2m"}}}',
      '23',
      ['warning unknown-member 1:14', 'warning unknown-member 1:40'],
    ],
    [
      '{"builder": {"history": {"maxAge": 1}, "History": {"maxAge": "2m"}}}',
      '26.1',
      ['error bad-builder 1:26'],
    ],
  ])('%s on %s', (text, engine, expected) => {
    expect(said(text, { engine })).toEqual(expected);
  });
});

describe("the machine's part", () => {
  test.each<[string, HostFacts, string[]]>([
    ['{"live-restore": true}', { swarm: 'active' }, ['error live-restore-swarm 1:2']],
    ['{"live-restore": true}', { swarm: 'inactive' }, []],
    ['{"seccomp-profile": "/x.json"}', { kindOf: () => null }, ['error missing-file 1:2']],
    [
      '{"tls": true, "tlscert": "/c", "tlskey": "/k"}',
      { kindOf: () => 'file', isPem: (path) => path === '/c' },
      ['error bad-value 1:32'],
    ],
    [
      '{"runtimes": {"a": {"path": "/x"}}}',
      { kindOf: () => null },
      ['warning missing-program 1:21'],
    ],
    [
      '{"default-runtime": "a", "runtimes": {"a": {"path": "x"}}}',
      { kindOf: () => null },
      ['error missing-program 1:45'],
    ],
    [
      '{"default-runtime": "a", "runtimes": {"a": {"path": "x", "runtimeArgs": ["-v"]}}}',
      { kindOf: (path) => (path === '/usr/bin/x' ? 'executable' : null) },
      [],
    ],
    [
      '{"default-runtime": "a", "runtimes": {"a": {"path": "x", "runtimeArgs": ["-v"]}}}',
      { kindOf: () => null },
      ['error missing-program 1:45'],
    ],
    ['{"log-driver": "loki"}', { logDrivers: ['json-file'] }, ['error bad-log-driver 1:2']],
    ['{"log-driver": "loki", "log-opts": {"a": "b"}}', { logDrivers: ['loki'] }, []],
    ['{"storage-driver": "zfs"}', { filesystemOf: () => 'extfs' }, ['error storage-driver 1:2']],
    ['{"storage-driver": "zfs"}', { filesystemOf: () => 'zfs' }, []],
    ['{"storage-driver": "btrfs"}', { filesystemOf: () => 'xfs' }, ['error storage-driver 1:2']],
    ['{"storage-driver": "btrfs"}', { filesystemOf: () => 'btrfs' }, []],
    ['{"storage-driver": "fuse-overlayfs"}', { kindOf: () => null }, ['error storage-driver 1:2']],
    ['{"storage-driver": "zfs"}', {}, []],
    ['{"storage-driver": "nope"}', {}, ['error storage-driver 1:2']],
    ['{"storage-driver": "plugin", "experimental": true}', {}, []],
    ['{"metrics-addr": "10.0.2.1:9323"}', { addresses: ['10.0.2.2'] }, ['error bad-address 1:2']],
    ['{"cgroup-parent": "/x"}', { cgroup: 'v2', systemd: true }, ['error bad-value 1:2']],
    ['{"default-gateway": "192.168.8.1"}', {}, ['error bad-network 1:2']],
    ['{"default-gateway": "192.168.8.1"}', { bridgeAddress: '192.168.8.2/24' }, []],
    [
      '{"default-address-pools": [{"base": "10.0.0.0/8", "size": 8}]}',
      { usedNetworks: ['10.1.2.3/32'] },
      ['error bad-network 1:2'],
    ],
    [
      '{"default-address-pools": [{"base": "10.0.0.0/8", "size": 16}]}',
      { usedNetworks: ['10.1.2.0/24'] },
      [],
    ],
    [
      '{"default-address-pools": [{"base": "172.17.0.0/16", "size": 16}]}',
      { usedNetworks: ['172.16.0.0/12'] },
      ['error bad-network 1:2'],
    ],
    ['{"bridge": "br0"}', { interfaces: ['lo'] }, ['error bad-network 1:2']],
    [
      '{"userns-remap": "bob"}',
      { users: ['root'], groups: ['root'] },
      ['error missing-account 1:2'],
    ],
  ])('%s with %j', (...[text, host, expected]) => {
    expect(said(text, { host })).toEqual(expected);
  });
});

describe('a reload', () => {
  test.each([
    ['{"userland-proxy": true}', true, false],
    ['{"log-driver": "jurnald", "log-opts": {"a": "b"}}', false, true],
    ['{"bip": "x"}', false, true],
    ['{"insecure-registries": ["a/b"]}', false, false],
    ['{"debug": "x"}', false, false],
  ])('%s starts: %s, reloads: %s', (text, starts, reloads) => {
    expect(judge(text)).toMatchObject({ starts, reloads });
  });
});

test('an API open to the network is worth a warning', () => {
  expect(said('{"hosts": ["tcp://0.0.0.0:2375"]}')).toEqual(['warning open-api 1:12']);
});

test('a megabyte is judged, and its findings are cut', () => {
  const text = `{${Array.from({ length: 40_000 }, (_, index) => `"key-${index}": "some value"`).join(',\n')}}`;
  const { starts, findings } = judge(text);
  expect(starts).toBe(false);
  expect(findings).toHaveLength(100);
});

test.each([
  ['exec-opts', 'native.cgroupdriver=systemd'],
  ['node-generic-resources', 'gpu=uuid'],
])('a list of %s that is a megabyte long takes linear time', (key, entry) => {
  const text = JSON.stringify({ [key]: Array<string>(30_000).fill(entry) });
  expect(judge(text)).toMatchObject({ starts: true });
});

test('an object that stands twenty thousand times is merged in linear time', () => {
  const text = `{${Array.from({ length: 20_000 }, (_, index) => `"features": {"f${index}": true}`).join(',')}}`;
  expect(judge(text)).toMatchObject({ starts: true });
});

describe('null, and names inside objects that dockerd does not know', () => {
  test.each([
    ['{"proxies": null}', false],
    ['{"default-shm-size": null}', false],
    ['{"x": {"proxies": null}}', false],
    ['{"runtimes": {"x": {"path": "/x", "options": []}}}', false],
    ['{"tls": null}', true],
    ['{"tlsverify": {}}', false],
    ['{"x": {"default-shm-size": null}}', true],
    ['{"proxies": {"http-proxy": null}}', true],
    ['{"dns": null}', true],
  ])('%s starts: %s', (text, starts) => {
    expect(judge(text)).toMatchObject({ starts });
  });
});

test('20.10 makes the folder of its key, and cannot below a file', () => {
  const host = { kindOf: (path: string) => (path === '/etc/passwd' ? ('file' as const) : null) };
  const text = (path: string) => `{"deprecated-key-path": "${path}"}`;
  expect(said(text('/etc/passwd/x'), { engine: '20.10', host })).toEqual(['error bad-value 1:2']);
  expect(said(text('/srv/keys/x'), { engine: '20.10', host })).toEqual([]);
  expect(judge(text('/etc/passwd/x'), { engine: '26.1', host }).starts).toBe(true);
});

test('an option of a log may have the name of what every object has', () => {
  expect(said('{"log-opts": {"constructor": "x"}}')).toEqual(['error bad-log-option 1:15']);
});

describe('the size of a log without a unit', () => {
  test('is bytes, which nobody means by ten', () => {
    expect(said('{"log-opts": {"max-size": "10"}}')).toEqual(['warning log-size-in-bytes 1:15']);
    expect(said('{"log-opts": {"max-size": "10485760"}}')).toEqual([]);
    expect(said('{"log-opts": {"max-size": "10m"}}')).toEqual([]);
  });

  test('as a number is not put into quotes by --fix', () => {
    const { findings, fixes } = judge('{"log-opts": {"max-size": 10}}');
    expect(findings).toMatchObject([
      { code: 'wrong-type', hint: 'write "10m" for megabytes; a number alone is bytes' },
    ]);
    expect(fixes.size).toBe(0);
    expect(judge('{"log-opts": {"max-size": 10485760}}').fixes.size).toBe(1);
  });
});

test('aufs works where the kernel can load it, as dockerd does', () => {
  const text = '{"storage-driver": "aufs"}';
  const host = { kindOf: () => null };
  expect(judge(text, { engine: '20.10', host }).starts).toBe(false);
  const able = { ...host, hasModule: (name: string) => name === 'aufs' };
  expect(judge(text, { engine: '20.10', host: able }).starts).toBe(true);
});

test('bip may be an IPv4 address in the spelling of IPv6', () => {
  for (const engine of ['20.10', '28.5']) {
    expect(said('{"bip": "::ffff:10.5.0.1/120"}', { engine })).toEqual([]);
    expect(judge('{"bip": "::ffff:10.5.0.0/120"}', { engine }).starts).toBe(false);
    expect(judge('{"bip": "::ffff:10.5.0.1/64"}', { engine }).starts).toBe(false);
  }
});

test('an IPv6 address is no gateway of the default bridge, whichever block that has', () => {
  const pools = '"default-address-pools": [{"base": "10.7.0.0/16", "size": 24}]';
  for (const engine of ['20.10', '26.1', '28.5']) {
    expect(judge(`{"default-gateway": "fd00::1"}`, { engine }).starts).toBe(false);
    expect(judge(`{"default-gateway": "fd00::1", ${pools}}`, { engine }).starts).toBe(false);
  }
});

describe('on 20.10', () => {
  const starts = (text: string, engine = '20.10') =>
    judge(text, { engine, host: { kindOf: (path) => (path === '/dev/null' ? 'other' : null) } })
      .starts;

  test('a data-root that does not begin at / keeps dockerd looking for its mount point', () => {
    expect(starts('{"data-root": "relative"}')).toBe(false);
    expect(starts('{"data-root": "/srv"}')).toBe(true);
    expect(starts('{"data-root": "relative"}', '28.5')).toBe(true);
    expect(starts('{"data-root": "relative", "userns-remap": "default"}', '28.5')).toBe(false);
  });

  test('a filter of the builder without = crashes dockerd, wherever it stands', () => {
    const text = '{"builder": {"GC": {"policy": [{"keepStorage": "1GB", "filter": ["until"]}]}}}';
    expect(judge(text, { engine: '20.10' })).toMatchObject({ starts: false, reloads: false });
    expect(judge(text, { engine: '26.1' }).starts).toBe(true);
  });

  test('the scheme of a syslog address is in small letters', () => {
    const text = '{"log-driver": "syslog", "log-opts": {"syslog-address": "UDP://x:1"}}';
    expect(starts(text)).toBe(false);
    expect(starts(text, '26.1')).toBe(true);
    expect(starts(text.replace('UDP', 'udp'))).toBe(true);
  });

  test('a device is no key', () => {
    expect(starts('{"deprecated-key-path": "/dev/null"}')).toBe(false);
    expect(starts('{"deprecated-key-path": "/dev/null"}', '26.1')).toBe(true);
  });

  test('nor is a file without one', () => {
    const host = (isPem: boolean) => ({
      kindOf: (path: string) => (path === '/k' ? ('file' as const) : ('folder' as const)),
      isPem: () => isPem,
    });
    const text = '{"deprecated-key-path": "/k"}';
    expect(judge(text, { engine: '20.10', host: host(false) }).starts).toBe(false);
    expect(judge(text, { engine: '20.10', host: host(true) }).starts).toBe(true);
  });

  test('a tiny fixed-cidr leaves no address for a container, unless it lies inside the block of the bridge', () => {
    const fixed = (block: string) =>
      said(`{"fixed-cidr": "${block}"}`, { engine: '20.10', host: {} });
    expect(fixed('172.17.0.4/31')).toEqual([]);
    expect(fixed('172.17.0.0/31')).toEqual(['error bad-network 1:2']);
    expect(fixed('172.17.5.0/32')).toEqual(['error bad-network 1:2']);
    expect(fixed('172.17.0.0/32')).toEqual(['error bad-address 1:2']);
    expect(fixed('10.5.0.0/31')).toEqual(['error bad-network 1:2']);
    expect(fixed('10.5.0.0/32')).toEqual(['error bad-address 1:2']);
  });

  test('fixed-cidr has room for the bridge, unless that has an address of its own', () => {
    expect(starts('{"fixed-cidr": "10.5.0.0/32"}')).toBe(false);
    expect(starts('{"bip": "192.168.7.1/28", "fixed-cidr": "10.5.0.0/32"}')).toBe(true);
    expect(starts('{"fixed-cidr": "10.5.0.0/32"}', '26.1')).toBe(true);
  });
});

describe('the bridge', () => {
  const kept = { bridgeAddress: '172.17.0.1/16' };
  const gateway = (address: string) =>
    `{"fixed-cidr": "10.5.0.0/24", "default-gateway": "${address}"}`;

  test('is looked at as it is and as it will be after a boot', () => {
    const starts = (address: string, engine: string, host = {}) =>
      judge(gateway(address), { engine, host }).starts;
    expect(starts('10.5.0.254', '26.1')).toBe(true);
    expect(starts('10.5.0.254', '26.1', kept)).toBe(false);
    expect(starts('172.17.0.254', '26.1', kept)).toBe(false);
    expect(starts('172.17.0.254', '20.10', kept)).toBe(true);
    expect(starts('10.5.0.254', '28.5', kept)).toBe(true);
  });

  test('has its own IPv6 address, which is no other router’s', () => {
    const text = (address: string) =>
      `{"ipv6": true, "fixed-cidr-v6": "fd00:8::/64", "default-gateway-v6": "${address}"}`;
    expect(said(text('fd00:8::1'))).toEqual(['error bad-network 1:48']);
    expect(said(text('FD00:8:0::0:1'))).toEqual(['error bad-network 1:48']);
    expect(said(text('fd00:8::2'))).toEqual([]);
  });
});

test('a runtime that containerd knows by its type has the program of that type', () => {
  const text = '{"runtimes": {"gvisor": {"runtimeType": "io.containerd.runsc.v1"}}}';
  const judged = (kindOf: HostFacts['kindOf']) =>
    said(text, { engine: '26.1', host: { ...(kindOf && { kindOf }) } });
  const shim = '/usr/bin/containerd-shim-runsc-v1';
  expect(judged((path) => (path === shim ? 'executable' : null))).toEqual([]);
  expect(judged(() => null)).toEqual(['warning missing-program 1:26']);
  expect(judged(undefined)).toEqual([]);
});

test('since 27 a base that another spelling replaces is decoded all the same', () => {
  const text =
    '{"default-address-pools": [{"base": "172.17.0.1", "Base": "10.5.0.0/16", "size": 24}]}';
  expect(judge(text)).toMatchObject({ starts: false, reloads: false });
  expect(judge(text, { engine: '26.1' })).toMatchObject({ starts: true, reloads: true });
});
