import { expect, test } from '@jest/globals';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { builderNotes } from '../../../../../src/core/trust/consumers/builder-notes.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image, planOf } from '../../../../support/plans.js';

const plan = (path: string) => planOf([{ path, before: null, after: image('x') }]);
const CA = '/etc/docker/certs.d/r:5000/ca.crt';

test.each<[string, Partial<ObservedDaemon>, string, RegExp[]]>([
  ['20.10', { version: '20.10.24+dfsg1' }, CA, [/after the next start/]],
  ['24.0', { version: '24.0.9' }, CA, [/after the next start/]],
  ['28.5', { version: '28.5.2' }, CA, [/remembers .* wait, or dockerctl daemon restart/]],
  ['that is stopped', { state: 'stopped' }, CA, []],
  ['of unknown version', { version: null }, CA, []],
  ['and what podman alone reads', {}, '/etc/containers/certs.d/r:5000/ca.crt', []],
])('BuildKit in dockerd %s', (...[, parts, path, notes]) => {
  expect(builderNotes(observedDaemon(parts), plan(path))).toEqual(
    notes.map((note) => expect.stringMatching(note)),
  );
});

test('nothing is said where dockerd is restarted anyway', () => {
  const restarted = { ...plan(CA), activation: { action: 'restart', reasons: [] } as const };
  expect(builderNotes(observedDaemon(), restarted)).toEqual([]);
});
