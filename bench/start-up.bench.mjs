import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roundRobin } from './round-robin.mjs';

export const title = 'Start-up, as a multiple of `node -e 0` in the same round';

/** Arguments, and the most that they may cost. */
const ROWS = [
  ['--version', 1.2],
  ['--help', 2.3],
  ['config get log-driver --config CONFIG', 2.5],
];

export function measure({ rounds }) {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-bench-'));
  try {
    const config = join(folder, 'daemon.json');
    writeFileSync(config, '{\n  "log-driver": "local"\n}\n');
    const commands = Object.fromEntries(ROWS.map(([line]) => [line, command(line, config)]));
    const results = roundRobin({ commands, baseline: [process.execPath, '-e', '0'], rounds });
    return ROWS.map(([line, limit]) => ({
      name: `dockerctl ${line}`,
      value: results.get(line).ratio,
      unit: 'x',
      limit,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function command(line, config) {
  return [process.execPath, 'dist/dockerctl.cjs', ...line.replace('CONFIG', config).split(' ')];
}
