import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const source = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const INPUT = {
  validate: source('src/core/dockerd/validate/validate.ts'),
  version: source('src/core/dockerd/options/keys/version.ts'),
  keys: source('src/core/dockerd/options/keys/keys.ts'),
  host: source('test/support/reference-host.ts'),
};

/** Straight from the sources: our verdict, `judge(bytes, version)` on the reference machine, and the table of keys. */
export async function loadValidator() {
  const folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  try {
    const bundle = await rolldown({
      input: INPUT,
      platform: 'node',
      // jsonc-parser's UMD build cannot be bundled.
      resolve: { mainFields: ['module', 'main'] },
    });
    await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' });
    const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    const { validateConfig } = await load('validate');
    const { parseVersion } = await load('version');
    const { referenceHost, PACKAGED_ARGV } = await load('host');
    const { KEYS } = await load('keys');
    const judge = (bytes, version) =>
      validateConfig({
        bytes,
        engine: parseVersion(version),
        argv: PACKAGED_ARGV,
        host: referenceHost(version),
      });
    /** As in CI: nothing is known of the machine. */
    const judgeOff = (bytes, version) =>
      validateConfig({ bytes, engine: parseVersion(version), argv: PACKAGED_ARGV, host: {} });
    return { judge, judgeOff, keys: KEYS };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
