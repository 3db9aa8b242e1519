// `npm run bench:concurrency [-- --edits 10000]`: four dockerctl writers and one foreign editor on one daemon.json.
// No update may be lost; a foreign edit between plan and write is answered by stale-plan, exit 3, and kept.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const KEYS = ['mtu', 'shutdown-timeout', 'max-concurrent-downloads', 'max-concurrent-uploads'];
/** Every so many edits are a process of its own, which takes ten times as long. */
const REAL_EVERY = 50;

const { values } = parseArgs({ options: { edits: { type: 'string', default: '10000' } } });
const each = Math.ceil(Number(values.edits) / (KEYS.length + 1));
const dir = mkdtempSync(join(tmpdir(), 'dockerctl-concurrency-'));
const root = join(dir, 'root');
const file = join(root, 'etc/docker/daemon.json');

mkdirSync(join(root, 'etc/docker'), { recursive: true });
mkdirSync(join(root, 'run/dockerctl'), { recursive: true, mode: 0o700 });
writeFileSync(join(root, 'run/dockerctl/lock'), '', { mode: 0o600 });
writeFileSync(file, '{\n  "mtu": 1000,\n  "labels": ["by=1000"]\n}\n', { mode: 0o644 });

const resolve = { mainFields: ['module', 'main'] };
const input = at('test/support/concurrent-editor.ts');
const bundle = await rolldown({ input, platform: 'node', logLevel: 'silent', resolve });
await bundle.write({ dir, format: 'cjs', entryFileNames: 'editor.cjs' });

const start = performance.now();
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
const tallies = await Promise.all(
  [...KEYS, 'foreign'].map(async (key) => {
    const argv = [
      join(dir, 'editor.cjs'),
      root,
      key,
      String(each),
      at('dist/dockerctl.cjs'),
      String(REAL_EVERY),
    ];
    const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const text = (await child.stdout.toArray()).join('');
    return JSON.parse(text);
  }),
);
const seconds = (performance.now() - start) / 1000;

const end = JSON.parse(readFileSync(file, 'utf8'));
const sum = (name) => tallies.reduce((total, tally) => total + (tally[name] ?? 0), 0);
const missing =
  KEYS.filter((key) => end[key] !== 1000 + each).length +
  Number(end.labels[0] !== `by=${1000 + each}`);
const odd = tallies.flatMap((tally) => tally.odd);
const report = {
  edits: sum('edits'),
  processes: sum('real'),
  'stale plans refused': sum('stale'),
  'lock timeouts': sum('locked'),
  'updates lost': sum('lost') + missing,
  'other ends': odd.length,
  seconds: Math.round(seconds),
};
console.log(
  Object.entries(report)
    .map(([name, value]) => `${name.padEnd(20)} ${value}`)
    .join('\n'),
);
for (const text of odd.slice(0, 5)) console.log(text);
rmSync(dir, { recursive: true, force: true });
process.exitCode =
  report['updates lost'] + odd.length === 0 && report.edits === each * (KEYS.length + 1) ? 0 : 1;
