import { PassThrough } from 'node:stream';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from '../../../../src/cli/run.js';
import { parseIndex } from '../../../../src/core/pki/entry.js';
import { DAY_MS } from '../../../../src/core/pki/validity.js';
import { PKI } from '../../../support/certs.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';

const START = Date.UTC(2026, 10, 21, 3);
const DAYS = 730;
const LIFETIMES = [30, 90, 180, 397, 825];

/** A machine whose clock is ours. */
function simulation() {
  const root = temporaryFolder();
  let now = START;
  const certs = async (...argv: string[]): Promise<string> => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const status = await run(['certs', ...argv, '--json', '--root', root], {
      version: 'test',
      hostBelow: (below) => {
        const host = realHost(below);
        return { ...host, clock: { ...host.clock, now: () => now } };
      },
      streams: { stdin, stdout, stderr, env: {} },
    });
    const text = String(stdout.read());
    if (status !== 0) throw new Error(text);
    return text;
  };
  const index = () => parseIndex(realHost(root).fs.read(`${PKI}/index.json`).toString()) ?? [];
  return {
    root,
    certs,
    index,
    toDay: (day: number) => {
      now = START + day * DAY_MS;
    },
    now: () => now,
  };
}

test('renewed daily for two years, fifty certificates never expire and none is renewed twice a day', async () => {
  const machine = simulation();
  await machine.certs('init');
  for (const days of LIFETIMES) {
    const names = Array.from({ length: 10 }, (_, i) => `n${i}.d${days}.test`);
    writeFileSync(join(machine.root, 'names'), names.join('\n'));
    await machine.certs('issue', '--batch', '/names', '--days', `${days}`);
  }
  expect(machine.index()).toHaveLength(50);
  let renewals = 0;
  for (let day = 1; day <= DAYS; day += 1) {
    machine.toDay(day);
    const current = machine.index().filter(({ place }) => place === 'current');
    expect(current.filter(({ notAfter }) => notAfter < machine.now())).toEqual([]);
    renewals += certificatesIn(await machine.certs('renew', '--due'));
    if (day % 100 === 0) expect(certificatesIn(await machine.certs('renew', '--due'))).toBe(0);
  }
  expect(readdirSync(join(machine.root, PKI, 'certs'))).toHaveLength(100);
  // After two thirds of each life, give or take the day of the run.
  const expected = LIFETIMES.map((days) => 10 * Math.floor(DAYS / Math.ceil((days * 2) / 3 + 1)));
  const least = expected.reduce((sum, count) => sum + count, 0);
  expect(renewals).toBeGreaterThanOrEqual(least);
  expect(renewals).toBeLessThanOrEqual(least * 1.2);
}, 300_000);

const certificatesIn = (json: string): number =>
  (JSON.parse(json) as { data: { certificates: unknown[] } }).data.certificates.length;
