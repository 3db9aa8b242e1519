import { spawnSync } from 'node:child_process';

/**
 * Wall time of commands beside a baseline: each round runs all once, in a new order, so that a noisy moment hits all
 * alike. Answers, per name, the median milliseconds and the median of the rounds' ratios to the baseline.
 */
export function roundRobin({ commands, baseline, rounds }) {
  const samples = new Map(Object.keys(commands).map((name) => [name, []]));
  const all = Object.entries({ ...commands, [BASELINE]: baseline });
  for (const [, argv] of all) time(argv);
  for (let round = 0; round < rounds; round += 1) {
    const times = new Map(shuffled(all).map(([name, argv]) => [name, time(argv)]));
    for (const [name, list] of samples)
      list.push({ ms: times.get(name), ratio: times.get(name) / times.get(BASELINE) });
  }
  return new Map(
    [...samples].map(([name, list]) => [
      name,
      { ms: median(list.map(({ ms }) => ms)), ratio: median(list.map(({ ratio }) => ratio)) },
    ]),
  );
}

const BASELINE = 'node -e 0';

function time([program, ...args]) {
  // On Node 20 reading the extra certificates costs more than starting: it would flatter every ratio.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${stderr}`);
  return ms;
}

function shuffled(list) {
  return list
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
