import { describe, expect, test } from '@jest/globals';
import {
  isAllowed,
  isDenied,
  isTimezone,
  parseWindow,
} from '../../../../src/core/declaration/window.js';

const at = (iso: string): number => Date.parse(iso);
const calendar = (allow: string[], deny: string[] = [], timezone = 'UTC') => ({
  allow: allow.map(parseWindow),
  deny: deny.map(parseWindow),
  timezone,
});

describe('a maintenance window', () => {
  // 2026-11-21 is a Saturday.
  test.each([
    ['Sat,Sun 02:00-04:00', '2026-11-21T02:00:00Z', true],
    ['Sat,Sun 02:00-04:00', '2026-11-21T04:00:00Z', false],
    ['Sat,Sun 02:00-04:00', '2026-11-20T03:00:00Z', false],
    ['Mon..Fri 22:00-06:00', '2026-11-20T23:00:00Z', true],
    ['Mon..Fri 22:00-06:00', '2026-11-21T05:59:00Z', true],
    ['Mon..Fri 22:00-06:00', '2026-11-22T05:59:00Z', false],
    ['Fri..Mon 10:00-11:00', '2026-11-22T10:30:00Z', true],
    ['02:00-24:00', '2026-11-18T23:59:00Z', true],
    ['2026-12-20..2027-01-03', '2027-01-03T23:59:00Z', true],
    ['2026-12-20..2027-01-03', '2027-01-04T00:00:00Z', false],
  ])('%s at %s: %s', (window, time, allowed) => {
    expect(isAllowed(calendar([window]), at(time))).toBe(allowed);
  });

  test('means local time, summer time included', () => {
    const berlin = calendar(['02:00-04:00'], [], 'Europe/Berlin');
    expect(isAllowed(berlin, at('2026-01-10T01:30:00Z'))).toBe(true);
    expect(isAllowed(berlin, at('2026-07-10T01:30:00Z'))).toBe(true);
    expect(isAllowed(berlin, at('2026-07-10T02:30:00Z'))).toBe(false);
  });

  test('that denies beats one that allows', () => {
    const both = calendar(['00:00-24:00'], ['2026-12-24..2026-12-26']);
    expect(isAllowed(both, at('2026-12-25T12:00:00Z'))).toBe(false);
    expect(isDenied(both, at('2026-12-25T12:00:00Z'))).toBe(true);
    expect(isAllowed(both, at('2026-12-27T12:00:00Z'))).toBe(true);
  });

  test.each(['', 'Sat', 'Xyz 02:00-04:00', '25:00-26:00', '02:00-02:00', '2026-02-30..2026-03-01'])(
    'cannot be written as %j',
    (text) => {
      expect(() => parseWindow(text)).toThrow('is not a window');
    },
  );

  test('knows IANA names', () => {
    expect(isTimezone('Asia/Tokyo')).toBe(true);
    expect(isTimezone('Mars/Olympus')).toBe(false);
  });
});
