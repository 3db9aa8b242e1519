import { expect, test } from '@jest/globals';
import type { JournalEntry } from '../../../../src/core/transaction/journal.js';
import {
  canBeTakenBack,
  type Generation,
  waitingLine,
} from '../../../../src/core/transaction/history.js';

const file = (sha256: string) => ({ sha256, mode: 0o644, uid: 0, gid: 0 });
const generation = (status: 'applied' | 'rolled-back', after: string) =>
  ({
    result: { status },
    targets: [{ before: file('a'), after: file(after) }],
  }) as unknown as Generation;

test.each([
  ['a change', generation('applied', 'b'), true],
  ['a change that was rolled back', generation('rolled-back', 'b'), false],
  ['a restart that left the file as it was', generation('applied', 'a'), false],
  ['a reload without files', { ...generation('applied', 'a'), targets: [] }, false],
])('whether %s can be taken back', (...[, past, expected]) => {
  expect(canBeTakenBack(past)).toBe(expected);
});

test('a change that waits for its confirmation is a line of history too, with the time of its end', () => {
  const open = {
    ...{ ...generation('applied', 'b'), state: 'awaiting', startedAt: 0 },
    deadline: { at: 60_000, timer: '' },
  } as unknown as JournalEntry;
  const until = '1970-01-01T00:01:00.000Z';
  expect(waitingLine(open)).toMatchObject({ status: 'waiting', until });
  expect(waitingLine({ ...open, state: 'rolling-back' })).toBeNull();
});
