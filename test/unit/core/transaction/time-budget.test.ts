import { expect, test } from '@jest/globals';
import { activationMs, restoreMs } from '../../../../src/core/transaction/time-budget.js';

test.each([
  ['of a minute, fifteen seconds are kept for a restore', 60_000, 60_000, 45_000],
  ['of ten seconds, three', 10_000, 10_000, 7_000],
  ['where little is left, a second is tried all the same', 2_000, 60_000, 1_000],
])('%s', (_, left, timeout, expected) => {
  expect(activationMs(left, timeout)).toBe(expected);
});

test('a restore has what is left, and where that is over, as long as dockerd takes to start', () => {
  expect(restoreMs(12_000)).toBe(12_000);
  expect(restoreMs(-3_000)).toBe(5_000);
});
