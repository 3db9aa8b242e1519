import { describe, expect, test } from '@jest/globals';
import { judge, saidOf, verdictOf, type Given } from '../../../../../support/judge-config.js';

const DRIVERS = { 'exec-opts': ['native.cgroupdriver=systemd', 'native.cgroupdriver=cgroupfs'] };

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
    [DRIVERS, {}, ['no-effect exec-opts.0']],
    [DRIVERS, { engine: '26.1' }, ['no-effect exec-opts.1']],
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
  ])('%j with %j', (config, given, expected) => {
    expect(saidOf(config, given)).toEqual(expected);
    expect(judge(config, given)).toMatchObject({ starts: true });
  });
});

test.each<[unknown, string[], string]>([
  [
    { 'fixed-cidr-v6': 'fd00:1::/64' },
    [],
    'no-effect fixed-cidr-v6 -> add "ipv6": true, or remove fixed-cidr-v6',
  ],
  [{ 'log-opts': { 'max-file': '3' } }, [], 'no-effect log-opts.max-file -> add "max-size": "10m"'],
  [
    { group: 'ops' },
    ['-H', 'fd://'],
    'no-effect group -> set SocketGroup= in a drop-in of docker.socket, and remove group',
  ],
  [DRIVERS, [], 'no-effect exec-opts.0 -> remove one of them'],
  [{ bip: '11.0.0.1/24' }, [], 'bad-network bip -> write a private block, such as "10.10.0.0/16"'],
])('%j with %j: what to write instead', (config, argv, expected) => {
  expect(verdictOf(config, { argv })).toEqual(['works', `warning ${expected}`]);
});

test('a group without any socket', () => {
  expect(verdictOf({ group: 'ops' }, { argv: ['-H', 'tcp://127.0.0.1:2375'] })).toContain(
    'warning no-effect group -> remove group',
  );
});

test('what hangs on ipv6 is no finding of its own where ipv6 is the text "true"', () => {
  const { findings } = judge({ ipv6: 'true', 'fixed-cidr-v6': 'fd00::/64' });
  expect(findings.map(({ code }) => code)).toEqual(['wrong-type']);
});
