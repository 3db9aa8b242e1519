// `npm run fuzz -- [--runs N] [--seed N] [--target NAME]…`: see test/fuzz/main.ts, which this bundles and starts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dir = mkdtempSync(join(tmpdir(), 'dockerctl-fuzz-'));
const bundle = await rolldown({
  input: fileURLToPath(new URL('../test/fuzz/main.ts', import.meta.url)),
  platform: 'node',
  logLevel: 'silent',
  resolve: { mainFields: ['module', 'main'] },
});
await bundle.write({ dir, format: 'cjs', entryFileNames: 'fuzz.cjs' });
const { status } = spawnSync(process.execPath, [join(dir, 'fuzz.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
rmSync(dir, { recursive: true, force: true });
process.exitCode = status ?? 1;
