import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import {
  judge,
  neededBy,
  saidAt,
  saidOf,
  verdictOf,
} from '../../../../../../support/judge-config.js';

const CHECK = '{"storage-opts": ["overlay2.override_kernel_check=true"]}';
test.each([
  [CHECK, '23', []],
  [CHECK, '24', ['error storage-option 1:19']],
])('%s on %s', (text, engine, expected) => {
  expect(saidAt(text, { engine })).toEqual(expected);
});

test.each<[string, string[]]>([
  ['{"storage-driver": "nope"}', ['error storage-driver 1:2']],
  ['{"storage-driver": "plugin", "experimental": true}', []],
])('a driver that dockerd does not bring along: %s', (text, expected) => {
  expect(saidAt(text)).toEqual(expected);
});

test('options that are for graph drivers do nothing with images in containerd', () => {
  const config = {
    features: { 'containerd-snapshotter': true },
    'storage-opts': ['overlay2.size=1G'],
  };
  expect(saidOf(config)).toEqual(['no-effect storage-opts']);
  expect(judge(config)).toMatchObject({ starts: true });
});

/** moby daemon/graphdriver/driver.go, New and scanPriorDrivers. */
describe('what several drivers left below data-root', () => {
  const host: HostFacts = {
    kindOf: (path) => (/docker\/(?:overlay2?|vfs|btrfs)$/.test(path) ? 'folder' : null),
    isEmptyFolder: (path) => path.endsWith('btrfs'),
    filesystemOf: () => 'extfs',
  };
  test('stops dockerd where none is named', () => {
    expect(verdictOf({}, { engine: '20.10', host })).toEqual([
      'no start',
      expect.stringMatching(/storage-driver .*`dockerctl config set storage-driver overlay2`/),
    ]);
    expect(verdictOf({ 'storage-driver': 'overlay2' }, { engine: '20.10', host })).toEqual([
      'works',
    ]);
    expect(verdictOf({ 'userns-remap': 'default' }, { engine: '20.10', host })[0]).not.toBe(
      'no start',
    );
  });

  test('and does not where the engine knows one of them alone', () => {
    expect(verdictOf({}, { engine: '28.5', host })).toEqual(['works']);
  });
});

/** moby daemon/graphdriver/driver.go, checkRemoved. */
describe('a driver that was removed', () => {
  const host: HostFacts = { kindOf: () => 'other', hasModule: () => true };
  test.each([
    ['aufs', '23.0.18', '24.0.0'],
    ['overlay', '23.0.18', '24.0.0'],
    ['devicemapper', '24.0.9', '25.0.0'],
  ])('%s: on %s it is there, on %s gone', (driver, before, after) => {
    const of = (engine: string) => verdictOf({ 'storage-driver': driver }, { engine, host });
    expect(of(before)).toEqual(['works']);
    expect(of(after)).toEqual([
      'no start',
      'error storage-driver storage-driver -> use overlay2; images and containers must be made again',
    ]);
  });
});

describe('a size of containers is a quota of xfs', () => {
  const config = { 'storage-opts': ['overlay2.size=10G'] };
  test('which is there, or is not', () => {
    expect(verdictOf(config, { host: { filesystemOf: () => 'xfs' } })).toEqual(['works']);
    expect(verdictOf(config, { host: { filesystemOf: () => 'extfs' } })).toEqual([
      'no start',
      'error storage-option storage-opts.0 -> remove it',
    ]);
  });

  test('and a need where nobody could look', () => {
    expect(neededBy({ ...config, 'data-root': '/srv' })).toEqual([
      'storage-opts.0: xfs with project quotas (pquota) below /srv',
    ]);
  });
});

test('the option that only ever silenced a check is taken out by itself, another is not', () => {
  const fixes = (option: string) => [...judge({ 'storage-opts': [option] }).fixes.values()];
  expect(fixes('overlay2.override_kernel_check=true')).toEqual([{ remove: ['storage-opts', '0'] }]);
  expect(fixes('overlay2.nope=true')).toEqual([]);
});
