import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program of this checkout; answers what it printed. */
export function run([program, ...args], env = {}) {
  return spawnSync(program, args, {
    cwd: CHECKOUT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  });
}
