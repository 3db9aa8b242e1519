// The judge of src/core/pki/go and the generators of test/support/chains, bundled for Node.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('judge-entry.ts', import.meta.url));
const EXPORTS = `
export { GENERATIONS, rulesOf } from '../../src/core/pki/go/rules/generation.js';
export { poolOfPem } from '../../src/core/pki/go/verify/pool.js';
export { verifyAsGo } from '../../src/core/pki/go/verify/verify.js';
export { KINDS, randomChains } from '../../test/support/chains/random-chains.js';
export { randomOf } from '../../test/support/chains/random.js';
`;

export async function loadJudge() {
  const dir = mkdtempSync(join(tmpdir(), 'dockerctl-judge-'));
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : null),
        load: (id) => (id === ENTRY ? EXPORTS : null),
      },
    ],
  });
  await bundle.write({ dir, format: 'cjs', entryFileNames: 'judge.cjs' });
  const judge = createRequire(import.meta.url)(join(dir, 'judge.cjs'));
  rmSync(dir, { recursive: true, force: true });
  return judge;
}
