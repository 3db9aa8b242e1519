import { expect, test } from '@jest/globals';
import { isOfProcess } from '../../../../../src/core/dockerd/running/start-record.js';

const process = { pid: 7, bootId: 'a', ticks: 100 };

test.each([
  ['the same process', process, true],
  ['the pid given to another later', { ...process, ticks: 101 }, false],
  ['the same numbers after another boot', { ...process, bootId: 'b' }, false],
  ['another pid', { ...process, pid: 8 }, false],
])('%s', (_, other, same) => {
  expect(isOfProcess(process, other)).toBe(same);
});
