import { describe, expect, test } from '@jest/globals';
import type { Certificate } from '../../../../../src/core/pki/x509/read-certificate.js';
import { assertDays, daysOf, decideValidity } from '../../../../../src/core/pki/x509/validity.js';

const NOW = Date.parse('2026-11-21T12:00:00.500Z');
const at = (time: string) => Date.parse(time);
const issuer = (notBefore: string, notAfter: string) =>
  ({ notBefore: at(notBefore), notAfter: at(notAfter) }) as Certificate;
const LONG = issuer('2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z');
const decide = (
  days: number,
  by: Certificate | null,
  { explicit = false, now = NOW }: { explicit?: boolean; now?: number } = {},
) => decideValidity({ days, issuer: by, explicit, now });

describe('a validity', () => {
  /** RFC 5280 4.1.2.5: both ends belong to it, so one day ends a second before the next begins. */
  test('begins an hour ago, on a whole second, and has the days that were asked for', () => {
    const { notBefore, notAfter, notes } = decide(1, LONG);
    expect(notBefore).toBe(at('2026-11-21T11:00:00Z'));
    expect(notAfter).toBe(at('2026-11-22T10:59:59Z'));
    expect([daysOf({ notBefore, notAfter }), notes]).toEqual([1, []]);
  });

  test('never begins before that of its issuer', () => {
    const young = issuer('2026-11-21T11:59:00Z', '2036-01-01T00:00:00Z');
    expect(decide(1, young).notBefore).toBe(young.notBefore);
  });

  test('ends with its issuer at the latest: cut with a note, or refused where the days were typed', () => {
    const short = issuer('2026-01-01T00:00:00Z', '2026-12-01T12:00:00Z');
    expect(decide(30, short)).toMatchObject({
      notAfter: short.notAfter,
      notes: [expect.stringContaining('ends with its authority on 2026-12-01')],
    });
    expect(() => decide(30, short, { explicit: true })).toThrow(
      expect.objectContaining({ code: 'invalid-value', hint: '--days 9, or a new authority' }),
    );
    expect(decide(9, short, { explicit: true }).notes).toEqual([]);
    expect(decide(3, issuer('2026-01-01T00:00:00Z', '2026-11-24T10:59:59Z')).notes).toEqual([]);
  });

  /** support.apple.com/103769: 825 days, which a root is not bound to. */
  test('of a leaf above 825 days has a note', () => {
    expect(decide(825, LONG).notes).toEqual([]);
    expect(decide(826, LONG).notes).toEqual([expect.stringContaining('825')]);
    expect(decide(3650, null).notes).toEqual([]);
  });
});

test('an authority signs within its own validity alone, both ends included', () => {
  const at0 = at('2026-11-21T12:00:00Z');
  const from = issuer('2026-11-21T12:00:00Z', '2027-01-01T00:00:00Z');
  expect(() => decide(1, from, { now: at0 })).not.toThrow();
  expect(() => decide(1, from, { now: at0 - 1 })).toThrow('is not valid before 2026-11-21');
  expect(() => decide(1, from, { now: from.notAfter })).not.toThrow();
  expect(() => decide(1, from, { now: from.notAfter + 1 })).toThrow('expired on 2027-01-01');
});

test('days are whole, and from 1 to a hundred years', () => {
  for (const days of [1, 36_500]) {
    expect(() => {
      assertDays(days, 'certificate');
    }).not.toThrow();
  }
  for (const days of [0, 36_501, 1.5, NaN]) {
    expect(() => {
      assertDays(days, 'revocation list');
    }).toThrow('A revocation list cannot be valid for');
  }
});
