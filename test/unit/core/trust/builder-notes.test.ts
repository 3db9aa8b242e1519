import { expect, test } from '@jest/globals';
import type { ObservedDaemon } from '../../../../src/core/daemon/observed.js';
import { builderNotes } from '../../../../src/core/trust/builder-notes.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { image, planOf } from '../../../support/plans.js';

const plan = (path: string) => planOf([{ path, before: null, after: image('x') }]);
const CA = '/etc/docker/certs.d/r:5000/ca.crt';

test.each<[string, Partial<ObservedDaemon>, string, number]>([
  ['20.10', { version: '20.10.24+dfsg1' }, CA, 1],
  ['27.5', { version: '27.5.1' }, CA, 1],
  ['28.0', { version: '28.0.0' }, CA, 0],
  ['a stopped one', { state: 'stopped' }, CA, 0],
  ['one of unknown version', { version: null }, CA, 0],
  ['what podman alone reads', {}, '/etc/containers/certs.d/r:5000/ca.crt', 0],
])('BuildKit in dockerd %s', (...[, parts, path, count]) => {
  expect(builderNotes(observedDaemon(parts), plan(path))).toHaveLength(count);
});

test('nothing is said where dockerd is restarted anyway', () => {
  const restarted = { ...plan(CA), activation: { action: 'restart', reasons: [] } as const };
  expect(builderNotes(observedDaemon(), restarted)).toEqual([]);
});
