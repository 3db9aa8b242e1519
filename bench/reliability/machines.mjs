import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const ENGINES = ['20.10', '26.1', '28.5'];
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];

/**
 * The rows that real dockerds give: test/reliability on a machine of every engine. `least` is how many cases there are on
 * each in the whole form, `judge` answers the figure and whether it is good, from the milliseconds of the cases in order.
 * Times are held against their targets in the whole form alone: they are those of a machine that does nothing else.
 */
const ROWS = [
  {
    name: 'bad config',
    what: 'bad configs forced upon dockerd',
    target: '>= 30 x 3 on the old config, API gap p95 <= 10 s',
    least: 30,
    judge: (gaps) => [`${gaps.length} restarted, API gap p95 ${p95(gaps)} s`, p95(gaps) <= 10],
  },
  {
    name: 'hung start',
    what: 'a start that hangs',
    target: 'API gap <= deadline + 5 s',
    least: 1,
    judge: (over) => [`deadline + ${seconds(over.at(-1))} s at most`, over.at(-1) <= 5000],
  },
  {
    name: 'container',
    what: 'containers through bad configs',
    target: '0 restarted',
    least: 5,
    judge: (gaps) => [`API gap p95 ${p95(gaps)} s`, true],
  },
  {
    name: 'rollback timer',
    what: 'rollback timer, dockerctl killed at 20 stages',
    target: '20 of 20 x 3',
    least: 20,
    judge: (until) => [`old config back after ${seconds(until.at(-1))} s at most`, true],
  },
];

/** One case after the other on two engines at a time: a machine is rarely busy while it waits for its dockerd. */
export function machines({ folder, stride, whole }) {
  const told = join(folder, 'figures');
  const projects = ENGINES.map((engine) => `reliability-${engine}`);
  const cores = ['--maxWorkers=2'];
  const { stderr } = run([process.execPath, ...JEST, '--selectProjects', ...projects, ...cores], {
    RELIABILITY_FIGURES: told,
    RELIABILITY_STRIDE: `${stride}`,
  });
  const figures = existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : [];
  rmSync(told, { force: true });
  const cases = figures.map((line) => JSON.parse(line));
  const rows = ROWS.map((row) => rowOf(row, cases, whole));
  if (rows.some(({ good }) => !good)) process.stderr.write(stderr);
  return rows;
}

function rowOf({ name, what, target, least, judge }, cases, whole) {
  const mine = cases.filter((one) => one.name === name);
  const bad = mine.filter(({ good }) => !good);
  const measured = mine.flatMap(({ milliseconds }) => milliseconds ?? []).sort((a, b) => a - b);
  const [figure, reached] = measured.length === 0 ? ['nothing measured', false] : judge(measured);
  const enough = ENGINES.every(
    (engine) => mine.filter((one) => one.engine === engine).length >= (whole ? least : 1),
  );
  const inTime = measured.length > 0 && (reached || !whole);
  return {
    what,
    figure: `${mine.length - bad.length} of ${mine.length} cases, ${figure}`,
    target,
    good: enough && inTime && bad.length === 0,
    details: bad.map(({ engine, what: one }) => `${engine}: ${one}`),
  };
}

function p95(sorted) {
  return seconds(sorted[Math.ceil(sorted.length * 0.95) - 1]);
}

function seconds(milliseconds) {
  return Number((milliseconds / 1000).toFixed(1));
}
