import { describe, expect, test } from '@jest/globals';
import {
  accountsIn,
  bridgeAddress,
  filesystemAt,
  localAddresses,
  onlyLocalAccounts,
  usedNetworks,
} from '../../../../../src/core/dockerd/validate/host-files.js';

const TRIE = `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 10.0.0.5
        /32 host LOCAL
     |-- 172.17.0.0
        /16 link UNICAST
     |-- 172.17.0.1
        /32 host LOCAL
     |-- 172.17.255.255
        /32 link BROADCAST
Local:
     |-- 172.17.0.1
        /32 host LOCAL
`;

const ROUTE = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0
docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
`;

test('addresses of this machine, each once', () => {
  expect(localAddresses(TRIE)).toEqual(['10.0.0.5', '172.17.0.1']);
});

describe('the address of docker0', () => {
  test('with its block', () => {
    expect(bridgeAddress(ROUTE, localAddresses(TRIE))).toBe('172.17.0.1/16');
  });

  test('is unknown without docker0', () => {
    expect(bridgeAddress('', ['172.17.0.1'])).toBeNull();
    expect(bridgeAddress(ROUTE, ['10.0.0.5'])).toBeNull();
  });
});

test('accounts by name and number', () => {
  expect(accountsIn('root:x:0:0:root:/root:/bin/sh\n\n# x\ndocker:x:999:\n')).toEqual([
    'root',
    '0',
    'docker',
    '999',
  ]);
});

test.each([
  ['passwd: files systemd\ngroup: files systemd\n', true],
  ['passwd: files sss\ngroup: files\n', false],
  ['', true],
])('accounts of %j are all in the files: %s', (text, expected) => {
  expect(onlyLocalAccounts(text)).toBe(expected);
});

describe('the file system below a path', () => {
  const mounts = [
    '22 1 8:1 / / rw - ext4 /dev/sda1 rw',
    '23 22 8:2 / /var/lib/docker rw,relatime shared:1 - xfs /dev/sdb rw',
    '24 22 0:5 / /a\\040b rw - overlay overlay rw',
  ].join('\n');

  test.each([
    ['/var/lib/docker/overlay2', 'xfs'],
    ['/var/lib/dockerx', 'extfs'],
    ['/a b/c', 'overlayfs'],
  ])('%s is on %s', (path, expected) => {
    expect(filesystemAt(mounts, path)).toBe(expected);
  });

  test('is unknown without mounts', () => {
    expect(filesystemAt('', '/x')).toBeNull();
  });
});

test('networks in use are those of the routes and of the name servers, without docker0', () => {
  const route = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t0102000A\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'eth0\t0002000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  ].join('\n');
  expect(
    usedNetworks(route, '# a comment\nnameserver 10.255.255.53\nnameserver fd00::1\n'),
  ).toEqual(['10.0.2.0/24', '10.255.255.53/32']);
});
