// `npm run bench:races [-- --rounds 10000] [--verb TEXT]`: every verb that writes, against a user who exchanges a name on
// the way (symbolic link, hard link, FIFO, folder, RENAME_EXCHANGE). A hit is a change in a folder of root's, a key where
// the user can take it, or exit 70. Needs root, perl and a mount namespace of its own.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const VERBS = 14;
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10000' }, verb: { type: 'string' } },
});
const each = Math.ceil(Number(values.rounds) / (values.verb === undefined ? VERBS : 1));
// What is this machine's own stays out of it.
for (const folder of ['/run', '/var/lib']) execFileSync('mount', ['-t', 'tmpfs', 'none', folder]);
const dir = mkdtempSync(join(tmpdir(), 'dockerctl-races-'));
chmodSync(dir, 0o755);
const bundle = await rolldown({
  input: at('../test/support/racer.ts'),
  platform: 'node',
  logLevel: 'silent',
  resolve: { mainFields: ['module', 'main'] },
});
await bundle.write({ dir, format: 'esm', entryFileNames: 'racer.mjs' });
// Where the attacker may read it.
copyFileSync(at('races/attacker.pl'), join(dir, 'attacker.pl'));
chmodSync(join(dir, 'attacker.pl'), 0o644);
const argv = [
  ...[join(dir, 'racer.mjs'), mkdtempSync(join(dir, 'w-')), String(each)],
  ...[join(dir, 'attacker.pl'), ...(values.verb === undefined ? [] : [values.verb])],
];
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => child.once('close', resolve));
let [rounds, hits, rows] = [0, 0, 0];
for await (const line of createInterface({ input: child.stdout })) {
  const row = JSON.parse(line);
  const count = Object.values(row.statuses).reduce((sum, one) => sum + one, 0);
  rows += 1;
  rounds += count;
  hits += row.hits.length + Number(row.died);
  const ends = Object.entries(row.statuses).map(([status, n]) => `exit ${status}: ${n}`);
  console.log(
    `${row.verb.padEnd(28)} ${count} rounds, ${row.hits.length} hits (${ends.join(', ')})`,
  );
  for (const hit of row.hits) console.log(`  ${hit}`);
  if (row.died) console.log('  the attacker died');
}
rmSync(dir, { recursive: true, force: true });
console.log(`${rounds} raced rounds, ${hits} hits`);
process.exitCode = hits === 0 && rows > 0 && (await ended) === 0 ? 0 : 1;
