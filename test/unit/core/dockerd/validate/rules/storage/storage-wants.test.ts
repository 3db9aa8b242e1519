import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { judge, saidAt, verdictOf } from '../../../../../../support/judge-config.js';

describe('the file system below data-root (moby daemon/graphdriver, Init of each)', () => {
  test.each<[string, HostFacts, string[]]>([
    ['{"storage-driver": "zfs"}', { filesystemOf: () => 'extfs' }, ['error storage-driver 1:2']],
    ['{"storage-driver": "zfs"}', { filesystemOf: () => 'zfs' }, []],
    ['{"storage-driver": "btrfs"}', { filesystemOf: () => 'xfs' }, ['error storage-driver 1:2']],
    ['{"storage-driver": "btrfs"}', { filesystemOf: () => 'btrfs' }, []],
    ['{"storage-driver": "overlay2"}', { filesystemOf: () => 'extfs' }, []],
    ['{"storage-driver": "overlay2"}', { filesystemOf: () => 'nfs' }, ['error storage-driver 1:2']],
    ['{"storage-driver": "vfs"}', { filesystemOf: () => 'nfs' }, []],
    ['{"storage-driver": "fuse-overlayfs"}', { kindOf: () => null }, ['error storage-driver 1:2']],
    ['{"storage-driver": "zfs"}', {}, []],
  ])('%s with %j', (text, host, expected) => {
    expect(saidAt(text, { host })).toEqual(expected);
  });

  test('is that of the data-root which the file or a flag names', () => {
    const host: HostFacts = { filesystemOf: (path) => (path === '/srv' ? 'nfs' : 'extfs') };
    const codes = (config: object, argv: string[] = []) => verdictOf(config, { host, argv })[0];
    expect(codes({ 'storage-driver': 'overlay2', 'data-root': '/srv' })).toBe('no start');
    expect(codes({ 'storage-driver': 'overlay2' }, ['--data-root=/srv'])).toBe('no start');
    expect(codes({ 'storage-driver': 'overlay2' })).toBe('works');
  });

  test('the hint leaves overlay2 where it is, and moves the others to it', () => {
    expect(
      verdictOf({ 'storage-driver': 'overlay2' }, { host: { filesystemOf: () => 'nfs' } }),
    ).toEqual(['no start', 'error storage-driver storage-driver -> move data-root to ext4 or xfs']);
    expect(
      verdictOf({ 'storage-driver': 'btrfs' }, { host: { filesystemOf: () => 'xfs' } }),
    ).toEqual([
      'no start',
      'error storage-driver storage-driver -> use overlay2, or remove storage-driver',
    ]);
  });
});

test('overlay works below its own kind no more than overlay2', () => {
  const text = '{"storage-driver": "overlay", "data-root": "/srv"}';
  const startsOn = (found: string) =>
    judge(text, { engine: '20.10', host: { filesystemOf: () => found } }).starts;
  expect(['extfs', 'xfs', 'overlayfs', 'btrfs'].map(startsOn)).toEqual([true, true, false, false]);
});

test('aufs works where the kernel can load it, as dockerd does', () => {
  const text = '{"storage-driver": "aufs"}';
  const host = { kindOf: () => null };
  expect(judge(text, { engine: '20.10', host }).starts).toBe(false);
  const able = { ...host, hasModule: (name: string) => name === 'aufs' };
  expect(judge(text, { engine: '20.10', host: able }).starts).toBe(true);
});

test('devicemapper needs udev, which a container does not have', () => {
  const host: HostFacts = { kindOf: (path) => (path === '/dev/mapper/control' ? 'other' : null) };
  expect(judge({ 'storage-driver': 'devicemapper' }, { engine: '20.10', host }).starts).toBe(false);
});
