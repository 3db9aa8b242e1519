import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../src/core/dockerd/validate/host-facts.js';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';

interface Given {
  readonly engine?: string;
  readonly argv?: readonly string[];
  readonly host?: HostFacts;
}

const judge = (config: unknown, { engine = '28.5.2', argv = [], host = {} }: Given = {}) =>
  validateConfig({
    bytes: Buffer.from(JSON.stringify(config)),
    engine: parseVersion(engine)!,
    argv: ['dockerd', ...argv],
    host,
  });

const said = (config: unknown, given?: Given) =>
  judge(config, given).findings.map(({ code, subject }) => `${code} ${subject}`);

describe('what has no effect is said', () => {
  test.each<[unknown, Given, string[]]>([
    [{ 'fixed-cidr-v6': 'fd00:1::/64' }, {}, ['no-effect fixed-cidr-v6']],
    [{ 'fixed-cidr-v6': 'fd00:1::/64', ipv6: true }, {}, []],
    [{ 'log-opts': { 'max-file': '3' } }, {}, ['no-effect log-opts.max-file']],
    [{ 'log-opts': { 'max-file': '3', 'max-size': '1m' } }, {}, []],
    [{ 'log-driver': 'local', 'log-opts': { 'max-file': '3' } }, {}, []],
    [{ 'selinux-enabled': true }, { host: { kindOf: () => null } }, ['no-effect selinux-enabled']],
    [{ 'selinux-enabled': true }, { host: { kindOf: () => 'folder' } }, []],
    [{ 'selinux-enabled': true }, {}, []],
    [{ group: 'ops' }, { argv: ['-H', 'fd://'] }, ['no-effect group']],
    [{ dns: ['127.0.0.53', '10.0.0.1'] }, {}, ['no-effect dns.0']],
    [
      { 'exec-opts': ['native.cgroupdriver=systemd', 'native.cgroupdriver=cgroupfs'] },
      {},
      ['no-effect exec-opts.0'],
    ],
    [
      { 'exec-opts': ['native.cgroupdriver=systemd', 'native.cgroupdriver=cgroupfs'] },
      { engine: '26.1' },
      ['no-effect exec-opts.1'],
    ],
    [{ proxies: { 'http-proxy': 'http:/p' } }, {}, ['no-effect proxies.http-proxy']],
    [{ proxies: { 'https-proxy': 'http://p :1' } }, {}, ['no-effect proxies.https-proxy']],
    [{ proxies: { 'https-proxy': 'ftp://p:1' } }, {}, ['no-effect proxies.https-proxy']],
    [{ proxies: { 'http-proxy': 'p.corp:3128', 'https-proxy': 'http://u:s@p:1' } }, {}, []],
    [
      { proxies: { 'no-proxy': 'localhost,10.0.0.*,.corp,*.lab,10.0.0.0/8' } },
      {},
      ['no-effect proxies.no-proxy'],
    ],
    [{ proxies: { 'no-proxy': 'a;b' } }, {}, ['no-effect proxies.no-proxy']],
    [{ proxies: { 'no-proxy': 'https://a.corp' } }, {}, ['no-effect proxies.no-proxy']],
    [{ bip: '11.0.0.1/24' }, {}, ['bad-network bip']],
    [
      { 'default-address-pools': [{ base: '172.80.0.0/16', size: 24 }] },
      {},
      ['bad-network default-address-pools.0.base'],
    ],
    [
      { bip: '172.31.0.1/24', 'default-address-pools': [{ base: '100.64.0.0/16', size: 24 }] },
      {},
      [],
    ],
    [
      { features: { 'containerd-snapshotter': true }, 'storage-opts': ['overlay2.size=1G'] },
      {},
      ['no-effect storage-opts'],
    ],
    [
      { 'registry-mirrors': ['https://registry.docker-cn.com'] },
      {},
      ['mirror-retired registry-mirrors.0'],
    ],
    [
      { 'registry-mirrors': ['https://docker.mirrors.ustc.edu.cn/'] },
      {},
      ['mirror-retired registry-mirrors.0'],
    ],
    [
      {},
      { argv: ['--registry-mirror', 'https://reg-mirror.qiniu.com'] },
      ['mirror-retired --registry-mirror https://reg-mirror.qiniu.com'],
    ],
    [{}, { argv: ['-H', 'tcp://0.0.0.0:2375'] }, ['open-api -H tcp://0.0.0.0:2375']],
  ])('%j with %j', (config, given, expected) => {
    expect(said(config, given)).toEqual(expected);
    expect(judge(config, given)).toMatchObject({ starts: true });
  });
});

describe('what was said wrong', () => {
  test('a bridge with an address of its own asks no pool for one', () => {
    const pools = [{ base: '10.255.255.0/24', size: 24 }];
    const host = { usedNetworks: ['10.255.255.53/32'] };
    expect(judge({ 'default-address-pools': pools }, { host }).starts).toBe(false);
    expect(judge({ bip: '10.10.0.1/24', 'default-address-pools': pools }, { host }).starts).toBe(
      true,
    );
  });

  test('an address of the host may have a zone, and 20.10 takes any port of fluentd', () => {
    expect(judge({ 'host-gateway-ips': ['fe80::1%eth0'] }).starts).toBe(true);
    const fluentd = { 'log-driver': 'fluentd', 'log-opts': { 'fluentd-address': 'h:99999' } };
    expect(judge(fluentd, { engine: '20.10' }).starts).toBe(true);
    expect(judge(fluentd, { engine: '26.1' }).starts).toBe(false);
  });

  test('devicemapper needs udev, which a container does not have', () => {
    const host: HostFacts = { kindOf: (path) => (path === '/dev/mapper/control' ? 'other' : null) };
    expect(judge({ 'storage-driver': 'devicemapper' }, { engine: '20.10', host }).starts).toBe(
      false,
    );
  });

  test.each([
    [{ 'data-root': 'rel' }],
    [{ 'exec-root': 'rel' }],
    [{ 'containerd-namespace': '-x' }],
    [{ dns: [''] }],
    [{ dns: [null] }],
  ])('dockerd starts with %j, and no container does', (config) => {
    expect(judge(config, { engine: '26.1' })).toMatchObject({ starts: true, containers: false });
  });
});

test('a size of a pool that is no number is one mistake', () => {
  expect(said({ 'default-address-pools': [{ base: '10.7.0.0/16', size: '24' }] })).toHaveLength(1);
});

test('what hangs on ipv6 is no finding of its own where ipv6 is the text "true"', () => {
  const { findings } = judge({ ipv6: 'true', 'fixed-cidr-v6': 'fd00::/64' });
  expect(findings.map(({ code }) => code)).toEqual(['wrong-type']);
});
