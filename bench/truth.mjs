// sudo npm run bench:truth [-- --engine 20.10|26.1|28.5 --steps N --seed N --json FILE]
//
// A random walk on a machine with a real dockerd: after each step what dockerctl says, in its answers and in nine views, is
// held against what is true (bench/truth/look.sh; no code of src). Printed: steps, statements compared, lies by kind.
// Exit 1 when anything said was not so, or a container was lost without being named. The same seed walks the same way.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { walkOn } from './truth/walk.mjs';

const SUITES = { '20.10': 'bookworm', 26.1: 'trixie', 28.5: 'forky' };
const { values } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true, default: Object.keys(SUITES) },
    steps: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'string' },
  },
});

/** In the words of Jest's reports, which .ci/run adds up: a step counts as a test. */
const sum = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

for (const engine of values.engine) {
  const { steps, count, unknown, lies } = await walkOn({
    engine,
    suite: SUITES[engine],
    seed: Number(values.seed),
    steps: Number(values.steps),
    tell: tellStep,
  });
  console.log(
    `\n${engine}: ${steps} steps, ${count} statements compared, ${lies.length} lies, ${unknown} times "not known" (--seed ${values.seed})`,
  );
  for (const [kind, all] of byKind(lies))
    console.log(`  ${String(all.length).padStart(5)}  ${kind} (first in step ${all[0].step})`);
  if (lies.length > 0) process.exitCode = 1;
  const bad = new Set(lies.map(({ step }) => step)).size;
  sum.numFailedTests += bad;
  sum.numPassedTests += steps - bad;
}
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ ...sum, success: sum.numFailedTests === 0 }));

function tellStep({ step, name, said, lies }) {
  console.log(`${step}. ${name}: ${said}`);
  for (const { kind, text } of lies) console.log(`     LIE ${kind}: ${text}`);
}

function byKind(lies) {
  const groups = new Map();
  for (const one of lies) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}
