// sudo npm run bench:budgets [-- --quick] [--case TEXT] [--program FILE]: what commands that only look cost on a machine
// that is large, or whose engine lies: seconds and memory at the highest, each with its bound. Needs root, for a mount
// namespace of its own: nothing of this machine is read or written. `--quick` makes the cases smaller and does not judge
// times, which are a busy machine's as much as ours.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CASES } from './budgets/cases.mjs';

const LIMITS = { seconds: 10, MB: 160 };
/** A command that has no end: no machine is that slow. */
const NO_END_SECONDS = 55;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    case: { type: 'string', default: '' },
    program: { type: 'string', default: 'dist/dockerctl.cjs' },
  },
});
const at = (path) => fileURLToPath(new URL(path, import.meta.url));
let bad = 0;

for (const { name, sizes } of CASES.filter((one) => one.name.includes(values.case))) {
  console.log(name);
  const size = String(sizes[values.quick ? 1 : 0]);
  const argv = [at('budgets/inside.mjs'), at(`../${values.program}`), name, size];
  const { stdout, stderr, status } = spawnSync('unshare', ['--mount', process.execPath, ...argv], {
    encoding: 'utf8',
  });
  for (const line of stdout.split('\n').filter(Boolean)) print(JSON.parse(line));
  if (status === 0) continue;
  bad += 1;
  console.log(`  could not be weighed: ${stderr}`);
}
process.exitCode = bad === 0 ? 0 : 1;

function print({ command, status, seconds, cpu = 0, peakMB = Infinity, printed }) {
  const late = seconds > (values.quick ? NO_END_SECONDS : LIMITS.seconds);
  const isBad = late || peakMB > LIMITS.MB || status === 70;
  if (isBad) bad += 1;
  const figures = [
    `${seconds.toFixed(1)} s`.padStart(8),
    `${cpu.toFixed(1)} s of CPU`.padStart(14),
    `${peakMB.toFixed(0)} MB`.padStart(8),
    `${(printed / 1024).toFixed(0)} kB printed`.padStart(16),
  ];
  console.log(
    `  ${command.padEnd(36)} ${figures.join('')}, exit ${status}${isBad ? '  TOO MUCH' : ''}`,
  );
}
