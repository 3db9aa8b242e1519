import { expect, test } from '@jest/globals';
import {
  NO_WITNESSES,
  type Witnesses,
} from '../../../../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { stateOfFeatures } from '../../../../../src/core/dockerd/running/features.js';
import { lookAt } from '../../../../../src/core/dockerd/running/looked.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const state = (
  features: Record<string, boolean>,
  witnesses: Partial<Witnesses> = {},
  parts: Partial<ObservedDaemon> = {},
) =>
  stateOfFeatures(
    keyNamed('features')!,
    lookAt(
      observedDaemon({ version: '28.5.2', ...parts, witnesses: { ...NO_WITNESSES, ...witnesses } }),
      openDocument(Buffer.from(JSON.stringify({ features })), '/d.json'),
    ),
  );

const OVERLAY2 = { Driver: 'overlay2', DriverStatus: [], CDISpecDirs: ['/etc/cdi'] };
const CONTAINERD = { ...OVERLAY2, DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] };
const started = (features: object) => ({
  reload: { kind: 'none' as const },
  record: { startedWith: JSON.stringify({ features }), by: 'start' as const },
});

test('the image store is shown by /info, and changes by a restart', () => {
  expect(state({ 'containerd-snapshotter': true }, {}, { info: OVERLAY2 })).toMatchObject({
    ...{ current: { value: { 'containerd-snapshotter': false } }, evidence: 'shown' },
    pending: 'restart',
  });
  expect(state({ 'containerd-snapshotter': true }, {}, { info: CONTAINERD }).pending).toBeNull();
});

test('buildkit is on where nobody says anything, and changes by a reload', () => {
  expect(state({ buildkit: true }, started({})).pending).toBeNull();
  expect(state({ buildkit: false }, started({}))).toMatchObject({
    pending: 'reload',
    evidence: 'recorded',
  });
});

test('what is taken out of the file counts still', () => {
  const { pending, current } = state({}, started({ buildkit: false }));
  expect([pending, current]).toEqual(['reload', { value: { buildkit: false } }]);
});

test('what nobody knows is not said to wait', () => {
  expect(state({ buildkit: false })).toMatchObject({
    current: null,
    evidence: 'unknown',
    pending: null,
  });
});

test('a dockerd that is down has nothing in force', () => {
  expect(state({ buildkit: false }, started({}), { state: 'stopped', info: null })).toMatchObject({
    ...{ current: null, evidence: 'no daemon', pending: null },
  });
});
