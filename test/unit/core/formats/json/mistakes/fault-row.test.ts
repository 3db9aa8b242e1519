import { expect, test } from '@jest/globals';
import {
  COPIED,
  COPIED_END,
  COPIED_START,
} from '../../../../../../src/core/formats/json/mistakes/copied-rows.js';
import { type FaultRow, row } from '../../../../../../src/core/formats/json/mistakes/fault-row.js';
import {
  LAST_ROWS,
  STATE_ROWS,
  STRING_ROWS,
  TEXT_ROWS,
} from '../../../../../../src/core/formats/json/mistakes/problem-table.js';

test('a row says what is wrong before it says what to do', () => {
  expect(row('a-code', /x/y, 'what', 'hint')).toEqual({
    ...{ code: 'a-code', pattern: /x/y, message: 'what', hint: 'hint' },
  });
});

const tables: readonly FaultRow[][] = [
  ...[COPIED, COPIED_START, COPIED_END].map((rows) => [...rows]),
  ...[TEXT_ROWS, STATE_ROWS].map((table) => Object.values(table).flat()),
  ...[LAST_ROWS, STRING_ROWS].map((table) => Object.values(table)),
];

test.each(tables.flat().map((one): [string, FaultRow] => [one.code, one]))(
  'a pattern of %s is tried at its place alone',
  (_, { pattern, after }) => {
    expect(pattern.sticky).toBe(true);
    // Its lastIndex would outlive a question.
    expect(after?.global ?? false).toBe(false);
    expect(after?.sticky ?? false).toBe(false);
  },
);
