import { expect, test } from '@jest/globals';
import { createState } from '../../../../src/core/agent/state.js';
import { chooseRepair } from '../../../../src/core/agent/repair.js';
import { SETTINGS } from '../../../support/agent-world.js';

test('an agent that starts looks at once, and has nothing to repair', () => {
  const now = { wall: 1e12, mono: 77, random: 0.5 };
  const state = createState(SETTINGS, now);
  expect([state.nextScan, state.busy, state.settings]).toEqual([77, null, SETTINGS]);
  expect(chooseRepair(state, now)).toBeNull();
});
