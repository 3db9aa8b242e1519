// npm run bench [-- NAME…] [--rounds N]: every bench/*.bench.mjs, or those whose file name begins with NAME.
//
// A bench file exports `title` and `measure({ rounds })`, which answers rows
// `{ name, value, unit, limit?, least? }`; a value above its limit or below its least makes the run fail.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '15' } },
});

const files = readdirSync(import.meta.dirname).filter(
  (file) =>
    file.endsWith('.bench.mjs') &&
    (positionals.length === 0 || positionals.some((name) => file.startsWith(name))),
);

for (const file of files) {
  const { title, measure } = await import(`./${file}`);
  console.log(title);
  for (const row of await measure({ rounds: Number(values.rounds) })) print(row);
}

function print({ name, value, unit, limit = Infinity, least = -Infinity }) {
  const verdict = value > limit ? 'TOO MUCH' : value < least ? 'TOO LITTLE' : '';
  if (verdict !== '') process.exitCode = 1;
  const most = limit === Infinity ? '' : `at most ${limit} ${unit}`;
  const bound = least === -Infinity ? most : `at least ${least} ${unit}`;
  const columns = [name.padEnd(40), `${value.toFixed(2)} ${unit}`.padEnd(18), bound.padEnd(20)];
  console.log(`  ${columns.join(' ')} ${verdict}`.trimEnd());
}
