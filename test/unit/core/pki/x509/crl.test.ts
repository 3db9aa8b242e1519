import { expect, test } from '@jest/globals';
import { nextList, type Revocation } from '../../../../../src/core/pki/x509/crl.js';

const NOW = Date.UTC(2026, 10, 30, 12);
const HOUR = 3_600_000;
const revocation = (serial: string, at: number): Revocation => ({
  serial,
  at,
  reason: 'superseded',
});
const list = (...revoke: readonly Revocation[]) =>
  nextList({ crl: null, crlIsLost: false, revoked: new Map() }, { now: NOW, days: 30, revoke });

test('no revocation on a list is later than the list, which is backdated as far as that leaves', () => {
  expect(list().thisUpdate).toBe(NOW - HOUR);
  expect(list(revocation('01', NOW - 2 * HOUR)).thisUpdate).toBe(NOW - HOUR);
  expect(list(revocation('01', NOW - 1_000)).thisUpdate).toBe(NOW - 1_000);
  expect(list(revocation('01', NOW)).thisUpdate).toBe(NOW);
});
