/**
 * Every figure of "it cannot be broken", measured and judged in one table: `npm run bench:reliability`.
 *
 * A transaction is killed, failed and cut off from power at every system call that changes something; deliberate defects
 * are let loose on the tests; five edit one file at once; parsers get made inputs; real dockerds of three versions are told
 * bad files, hang and lose their dockerctl. `-- --quick` takes every n-th point and leaves out what is nightly; `-- kill power`
 * takes only these, `-- nested --slice=3/16` the third of sixteen parts of the points. Needs root and the Debian packages of
 * `needs.sh`, and a mount namespace of its own, or the mounts of others keep a dead disk alive. Exit status 1 when anything
 * was torn, lost or stuck, missed its target, or when a fault did not happen where it should.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDriver } from './reliability/driver.mjs';
import { SWEEPS } from './reliability/sweeps.mjs';
import { printTable, sweepRow } from './reliability/table.mjs';
import { TESTS } from './reliability/tests.mjs';

const NEEDS = fileURLToPath(new URL('../test/e2e/support/needs.sh', import.meta.url));
const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    slice: { type: 'string', default: '1/1' },
    json: { type: 'string' },
  },
});
const { quick } = values;
const [slice = 1, slices = 1] = values.slice.split('/').map(Number);
const parts = Object.entries({ ...SWEEPS, ...TESTS }).filter(([name, { nightly = false }]) =>
  asked.length === 0 ? !(quick && nightly) : asked.includes(name),
);

execFileSync('bash', ['-c', `. "$0"; need strace perl xfsprogs e2fsprogs`, NEEDS], {
  stdio: 'inherit',
});
const folder = mkdtempSync(join(tmpdir(), 'dockerctl-reliability-'));
const root = join(folder, 'root');
mkdirSync(root);
const driver = await buildDriver();
const rows = [];
const whole = !quick && slices === 1;
for (const [name, part] of parts) {
  const started = Date.now();
  const stride = slices * (quick ? (part.stride ?? 1) : 1);
  const chosen = (points) => points.filter((_, index) => index % stride === slice - 1);
  const found = part.run({ driver, folder, root, stride, chosen, quick, whole });
  const told = name in SWEEPS ? [sweepRow(part, found, { whole })] : found;
  rows.push(...told);
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`${name}: ${seconds} s: ${told.map(({ figure }) => figure).join('; ')}\n`);
}
rmSync(folder, { recursive: true });
process.exitCode = printTable(rows) ? 0 : 1;
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(asTests(rows)));

/** As jest reports, so that CI can add both. */
function asTests(all) {
  const failed = all.filter(({ good }) => !good).length;
  const counts = { numPassedTests: all.length - failed, numFailedTests: failed };
  return { ...counts, numRuntimeErrorTestSuites: 0, success: failed === 0 };
}
