import { expect, test } from '@jest/globals';
import { candidateOf } from '../../../../../src/core/dockerd/validate/check-candidate.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image, planOf } from '../../../../support/plans.js';

test('the candidate is what dockerd would read after the plan', () => {
  const { configPath } = observedDaemon();
  const change = { path: configPath, before: null, after: image('{"debug":true}') };
  expect(candidateOf(planOf([change]), observedDaemon())).toEqual(Buffer.from('{"debug":true}'));
  expect(candidateOf(planOf([{ ...change, after: null }]), observedDaemon())).toBeNull();
  expect(candidateOf(planOf([{ ...change, path: '/x' }]), observedDaemon())).toBeNull();
});
