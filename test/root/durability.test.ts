import { execFileSync } from 'node:child_process';
import { test } from '@jest/globals';

// bench/reliability/order.mjs has the rules; what breaks one is in the error's message.
test('every file is fsynced before it gets its name, and every folder before the journal goes on', () => {
  const bench = ['--mount', process.execPath, 'bench/reliability.mjs', 'order'];
  execFileSync('unshare', bench, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}, 60_000);
