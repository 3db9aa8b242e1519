import { execFileSync } from 'node:child_process';

/** Runs a program, its standard error on ours; what it prints is the answer. */
export const run = (program, args, options = {}) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
    ...options,
  });
