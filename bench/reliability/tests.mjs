import { machines } from './machines.mjs';
import { run } from './run.mjs';

/** Figures that tests and other benches measure. `run` answers rows of the table. */
export const TESTS = {
  mutants: { run: mutants },
  concurrency: { run: concurrency },
  machines: { run: machines, stride: 10 },
  fuzz: { run: fuzz },
};

function mutants() {
  const { stdout, stderr } = run([process.execPath, 'test/mutants/run.mjs']);
  const [, caught, all] = /^(\d+) of (\d+) defects caught$/m.exec(stdout) ?? ['', '0', '0'];
  return [
    {
      what: 'deliberate defects',
      figure: `${caught} of ${all} caught by a named test`,
      target: '>= 15, all caught',
      good: caught === all && Number(all) >= 15,
      details: [...linesOf(stdout, /^MISSED/), ...linesOf(stderr, /Error/)],
    },
  ];
}

/** Four dockerctl and a foreign editor on one file. */
function concurrency({ quick }) {
  const edits = quick ? 500 : 10_000;
  const { status, stdout } = run([
    process.execPath,
    'bench/concurrency.mjs',
    '--edits',
    `${edits}`,
  ]);
  const count = (name) => Number(new RegExp(`^${name} +(\\d+)$`, 'm').exec(stdout)?.[1]);
  const [done, lost] = [count('edits'), count('updates lost')];
  return [
    {
      what: 'edits by five at once',
      figure: `${done} edits, ${lost} lost, ${count('stale plans refused')} refused as stale`,
      target: `${edits} edits, 0 lost`,
      good: status === 0 && done === edits && lost === 0,
      details: status === 0 ? [] : [stdout],
    },
  ];
}

/** Hours in its whole form. */
function fuzz({ quick }) {
  const each = quick ? 500 : 1_000_000;
  const { status, stdout } = run([process.execPath, 'bench/fuzz.mjs', '--runs', `${each}`]);
  const parsers = [...stdout.matchAll(/^\S.*? +(\d+) +\d+ +\d+ % +\d+ ms +(\d+)$/gm)];
  const failures = parsers.reduce((sum, [, , failed]) => sum + Number(failed), 0);
  const least = Math.min(...parsers.map(([, inputs]) => Number(inputs)));
  return [
    {
      what: 'made inputs to parsers',
      figure: `${parsers.length} parsers, ${least} inputs each, ${failures} failures`,
      target: `>= ${each} each, 0`,
      good: status === 0 && parsers.length > 0 && failures === 0 && least >= each,
      details: linesOf(stdout, /^ /),
    },
  ];
}

function linesOf(text, pattern) {
  return text.split('\n').filter((line) => pattern.test(line));
}
