import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRenewalDue, renewalTime } from '../../../../../src/core/pki/authority/renewal.js';
import { DAY_MS } from '../../../../../src/core/pki/x509/validity.js';

const HOUR = DAY_MS / 24;
/** As `decideValidity` makes it at time 0. */
const life = (days: number) => ({ notBefore: -HOUR, notAfter: days * DAY_MS - HOUR - 1000 });
const FOREVER = 1e15;

describe('a renewal', () => {
  test.each([
    [397, 264.6],
    [90, 60],
    [30, 20],
    [3, 1.5],
  ])('of %d days is due after about %d', (days, expected) => {
    expect(renewalTime(life(days)) / DAY_MS).toBeCloseTo(expected, 0);
  });

  test('run daily at any hour, none expires and none is renewed twice a day', () => {
    const days = fc.integer({ min: 3, max: 825 });
    const hour = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(days, hour, (length, offset) => {
        let current = life(length);
        for (let day = 0; day < 2 * length; day += 1) {
          const now = (day + offset) * DAY_MS;
          if (now > current.notAfter) return false;
          const renewed = { notBefore: now - HOUR, notAfter: now + length * DAY_MS - HOUR };
          if (!isRenewalDue(current, { now, ceiling: FOREVER })) continue;
          if (isRenewalDue(renewed, { now, ceiling: FOREVER })) return false;
          current = renewed;
        }
        return true;
      }),
    );
  });

  test('is not due where the authority ends: a new certificate would live no longer', () => {
    const old = life(30);
    const now = 29 * DAY_MS;
    expect(isRenewalDue(old, { now, ceiling: old.notAfter })).toBe(false);
    expect(isRenewalDue(old, { now, ceiling: old.notAfter + DAY_MS })).toBe(true);
  });
});
