import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const source = (name) =>
  fileURLToPath(new URL(`../../src/core/daemon/${name}.ts`, import.meta.url));

/** Our verdict, straight from the sources: `validateConfig` and `parseVersion`. */
export async function loadValidator() {
  const folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  try {
    const bundle = await rolldown({
      input: { validate: source('validate'), version: source('version') },
      platform: 'node',
      // jsonc-parser's UMD build cannot be bundled.
      resolve: { mainFields: ['module', 'main'] },
    });
    await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' });
    const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    return { ...(await load('validate')), ...(await load('version')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
