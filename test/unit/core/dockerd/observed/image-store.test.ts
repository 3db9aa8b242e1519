import { expect, test } from '@jest/globals';
import {
  imageStore,
  imageStoreIn,
  readsHostsToml,
  tokensBySystemStore,
} from '../../../../../src/core/dockerd/observed/image-store.js';
import type { JsonObject } from '../../../../../src/core/formats/json/json-object.js';

/** As GET /info of 26.1 and 28.5 answers. */
const SNAPSHOTTER: JsonObject = {
  Driver: 'overlayfs',
  DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
};
const OVERLAY2: JsonObject = {
  Driver: 'overlay2',
  DriverStatus: [
    ['Backing Filesystem', 'extfs'],
    ['Supports d_type', 'true'],
  ],
};

test.each<[string, JsonObject | null, string | null]>([
  ['containerd', SNAPSHOTTER, 'containerd'],
  ['overlay2', OVERLAY2, 'graph drivers'],
  ['vfs, which has no status', { Driver: 'vfs', DriverStatus: null }, 'graph drivers'],
  ['rows of another form', { DriverStatus: ['driver-type', [1], {}] }, 'graph drivers'],
  ['nobody who answers', null, null],
])('the store of %s', (_, info, store) => {
  expect(imageStoreIn(info)).toBe(store);
});

test.each<[JsonObject | null, JsonObject | null, string | null]>([
  [OVERLAY2, { features: { 'containerd-snapshotter': true } }, 'graph drivers'],
  [null, { features: { 'containerd-snapshotter': true } }, 'containerd'],
  [null, { features: { 'containerd-snapshotter': false } }, 'graph drivers'],
  [null, { features: { 'containerd-snapshotter': 'true' } }, null],
  [null, { features: [] }, null],
  [null, {}, null],
  [null, null, null],
])('what runs counts before what the file says: %j, %j', (info, config, store) => {
  expect(imageStore({ info }, config)).toBe(store);
});

test.each([
  ['containerd', '26.1.5', false, true],
  ['containerd', '28.5.2', true, true],
  ['containerd', '29.4.9', true, true],
  ['containerd', '29.5.0', true, false],
  ['containerd', null, true, true],
  ['graph drivers', '28.5.2', false, false],
  [null, '28.5.2', false, false],
] as const)('%s of %s reads hosts.toml: %s, and fetches tokens by the system: %s', (...row) => {
  const [store, version, hosts, tokens] = row;
  expect(readsHostsToml(store, version)).toBe(hosts);
  expect(tokensBySystemStore(store, version)).toBe(tokens);
});
