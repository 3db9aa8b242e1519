import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** Figures that tests measure. `run` answers rows of the table. */
export const TESTS = {
  mutants: { run: mutants, nightly: false },
};

function mutants() {
  const { stdout } = run([process.execPath, 'test/mutants/run.mjs']);
  const [, caught, all] = /^(\d+) of (\d+) defects caught$/m.exec(stdout) ?? ['', '0', '0'];
  return [
    {
      what: 'deliberate defects',
      figure: `${caught} of ${all} caught by a named test`,
      target: '>= 15, all caught',
      good: caught === all && Number(all) >= 15,
      details: stdout.split('\n').filter((line) => line.startsWith('MISSED')),
    },
  ];
}

function run([program, ...args], env = {}) {
  return spawnSync(program, args, {
    cwd: CHECKOUT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  });
}
