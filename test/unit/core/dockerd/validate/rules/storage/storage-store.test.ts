import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { neededBy, verdictOf } from '../../../../../../support/judge-config.js';

const SNAPSHOTTER = { features: { 'containerd-snapshotter': true } };
const NO_FEATURE = { features: { 'containerd-snapshotter': false } };
const REMOVE =
  'error storage-driver storage-driver -> remove storage-driver, or write overlayfs, its own';
/** A data-root that nothing was kept in, and one with images of overlay2. */
const fresh: HostFacts = { kindOf: () => null, hasSnapshotter: () => false };
const used: HostFacts = {
  ...fresh,
  kindOf: (path) => (path === '/var/lib/docker/overlay2' ? 'folder' : null),
};

describe('until 28 the feature alone chooses containerd (moby daemon.go, NewDaemon)', () => {
  test('whose snapshotters are no graph drivers: no image works with one that it has not', () => {
    const config = { ...SNAPSHOTTER, 'storage-driver': 'stargz' };
    expect(verdictOf(config, { host: fresh })).toEqual(['no container', REMOVE]);
    expect(verdictOf(config, { host: { hasSnapshotter: () => true } })).toEqual(['works']);
    expect(neededBy(config)).toEqual(['storage-driver: the snapshotter stargz of containerd']);
  });

  test('which has overlayfs and native on every file system', () => {
    for (const driver of ['overlayfs', 'native'])
      expect(verdictOf({ ...SNAPSHOTTER, 'storage-driver': driver }, { host: fresh })).toEqual([
        'works',
      ]);
  });

  test('23 does not know the feature: the driver is a graph driver', () => {
    const config = { ...SNAPSHOTTER, 'storage-driver': 'overlayfs' };
    expect(verdictOf(config, { engine: '23', host: fresh })[0]).toBe('no start');
  });
});

describe('since 29 (moby daemon/image_store_choice.go)', () => {
  const on29 = (config: object, host: HostFacts = fresh, engine = '29.7.2') =>
    verdictOf(config, { engine, host });

  test('a graph driver that is named chooses the graph drivers', () => {
    expect(on29({ 'storage-driver': 'overlay2' })).toEqual(['works']);
    expect(on29({ ...NO_FEATURE, 'storage-driver': 'overlayfs' })).toEqual([
      'no start',
      'error storage-driver storage-driver -> write overlay2, or remove storage-driver',
    ]);
  });

  test('another name chooses containerd, and stops a start where that has no such snapshotter', () => {
    expect(on29({ 'storage-driver': 'stargz' })).toEqual(['no start', REMOVE]);
    expect(on29({ 'storage-driver': 'overlayfs' })).toEqual(['works']);
  });

  test('userns-remap and the snapshotter exclude each other', () => {
    const config = { ...SNAPSHOTTER, 'userns-remap': 'default' };
    expect(on29(config)).toEqual([
      'no start',
      'error exclusive-keys features.containerd-snapshotter -> remove userns-remap or features.containerd-snapshotter',
    ]);
    expect(verdictOf(config, { host: fresh })[0]).toBe('works');
  });

  test('images of a graph driver keep it, unless the feature says otherwise; not on 29.0.0', () => {
    const driver = { 'storage-driver': 'overlayfs' };
    expect(on29(driver, used)).toEqual([
      'no start',
      'error storage-driver storage-driver -> add "features": {"containerd-snapshotter": true}: images are pulled again then',
    ]);
    expect(on29({ ...SNAPSHOTTER, ...driver }, used)).toEqual(['works']);
    expect(on29(driver, used, '29.0.0')).toEqual(['works']);
  });
});
