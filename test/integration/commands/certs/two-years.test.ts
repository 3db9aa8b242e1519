import { readdirSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { RenewAnswer } from '../../../../src/commands/certs/renew.js';
import { parseIndex, type CertificateEntry } from '../../../../src/core/pki/authority/entry.js';
import { DAY_MS } from '../../../../src/core/pki/x509/validity.js';
import { machine, PKI } from '../../../support/certs.js';

const START = Date.UTC(2026, 10, 21, 3);
const DAYS = 730;
const LIFETIMES = [30, 90, 180, 397, 825];

test('renewed daily for two years, fifty certificates never expire and none is renewed twice a day', async () => {
  let now = START;
  const box = machine(() => now);
  const index = () => parseIndex(box.text(`${PKI}/index.json`)) ?? [];
  const renewDue = async () =>
    (await box.data<RenewAnswer>('certs', 'renew', '--due')).certificates.length;
  await box.data('certs', 'init');
  for (const days of LIFETIMES) {
    const names = Array.from({ length: 10 }, (_, i) => `n${i}.d${days}.test`);
    writeFileSync(box.at('/names'), names.join('\n'));
    await box.data('certs', 'issue', '--batch', '/names', '--days', `${days}`);
  }
  expect(index()).toHaveLength(50);
  let renewals = 0;
  for (let day = 1; day <= DAYS; day += 1) {
    now = START + day * DAY_MS;
    const current = index().filter(({ place }) => place === 'current');
    expect(current.filter(({ notAfter }) => notAfter < now)).toEqual([]);
    renewals += await renewDue();
    if (day % 100 === 0) expect(await renewDue()).toBe(0);
  }
  expect(readdirSync(box.at(`${PKI}/certs`))).toHaveLength(100);
  expect(shortestLife(index())).toBeGreaterThanOrEqual(DAY_MS);
  // After two thirds of each life, give or take the day of the run.
  const expected = LIFETIMES.map((days) => 10 * Math.floor(DAYS / Math.ceil((days * 2) / 3 + 1)));
  const least = expected.reduce((sum, count) => sum + count, 0);
  expect(renewals).toBeGreaterThanOrEqual(least);
  expect(renewals).toBeLessThanOrEqual(least * 1.2);
}, 300_000);

/** The least time between two certificates of one name. */
function shortestLife(entries: readonly CertificateEntry[]): number {
  const births = new Map<string, number[]>();
  for (const { name, notBefore } of entries)
    births.set(name, [...(births.get(name) ?? []), notBefore]);
  const lives = [...births.values()].flatMap((times) => {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted.slice(1).map((time, index) => time - (sorted[index] ?? 0));
  });
  return Math.min(...lives);
}
