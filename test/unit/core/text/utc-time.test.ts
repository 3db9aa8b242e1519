import { expect, test } from '@jest/globals';
import { utcTime } from '../../../../src/core/text/utc-time.js';

test('a time to the second, with its zone', () => {
  expect(utcTime(Date.UTC(2026, 10, 30, 7, 5, 9, 999))).toBe('2026-11-30 07:05:09 UTC');
});
