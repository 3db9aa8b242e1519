import { compare, errorsOf, needsOf, percent, word } from './judge.mjs';

/**
 * Prints how often our verdict is what the dockerd of this version really did: on the reference machine, on that machine itself where
 * dockerctl was asked there, and off it, where needs count as the other answer; and how often that of `dockerd --validate` is.
 */
export function reportAgreement(title, { version, cases, answers, judge, judgeOff }) {
  const rows = cases
    .filter(({ name }) => answers.has(name))
    .map(({ name, bytes }) => ({
      name,
      bytes,
      verdict: judge(bytes, version),
      off: judgeOff(bytes, version),
      answer: answers.get(name),
    }));
  const seen = rows.filter(({ answer }) => answer.there !== undefined);
  onMachine(`${title}, reference machine`, rows, ({ verdict }) => verdict);
  if (seen.length > 0) onMachine(`${title}, on that machine`, seen, ({ answer }) => answer.there);
  offMachine(`${title}, off it`, rows);
  reportFixed(`${title}: --fix, then start`, seen);
  const asked = rows.filter(({ answer }) => answer.validate !== '-');
  const dockerd = compare(
    asked.map(({ answer }) => ({ ours: answer.validate, real: answer.start })),
  );
  console.log(
    asked.length === 0
      ? `${title}: this dockerd has no --validate`
      : `${title}: starts or not, as dockerd --validate says: ${percent(dockerd)}`,
  );
}

function onMachine(title, rows, verdictOf) {
  report(`${title}: starts or not, as we say`, rows, (row) => ({
    ours: word(verdictOf(row).starts),
    real: row.answer.start,
    why: row.answer.error,
    verdict: verdictOf(row),
  }));
  report(`${title}: reloads or not, as we say`, rows, (row) => ({
    ours: word(verdictOf(row).reloads),
    real: word(row.answer.reload === 'ok'),
    why: row.answer.reloadError,
    verdict: verdictOf(row),
  }));
  const run = rows.filter(({ answer }) => ['ok', 'fail'].includes(answer.containers));
  report(`${title}: containers run or not, as we say`, run, (row) => ({
    ours: ours(verdictOf(row), 'containers', row.answer.containers),
    real: row.answer.containers,
    why: row.answer.error,
    verdict: verdictOf(row),
  }));
}

function offMachine(title, rows) {
  report(`${title}: starts or not, as we say`, rows, ({ off, answer }) => ({
    ours: ours(off, 'start', answer.start),
    real: answer.start,
    why: answer.error,
    verdict: off,
  }));
  const started = rows.filter(({ answer }) => answer.start === 'ok');
  const conditional = started.filter(({ off }) => off.needs.length > 0);
  console.log(
    `${title}: needs on ${percent({ total: started.length, right: conditional.length })} of what starts`,
  );
  for (const { name, off } of conditional) console.log(`  ${name}: ${needsOf(off)}`);
}

/** Yes, if: right where it does not, for what it needs, and where it does. */
function ours(verdict, what, real) {
  const says = what === 'start' ? verdict.starts : verdict.containers;
  const hangs = verdict.needs.some(({ stops }) => stops === what);
  return says && hangs ? real : word(says);
}

/** What --fix changed and calls fit to start. */
function reportFixed(title, rows) {
  const fixed = rows.filter(({ answer }) => answer.fixed?.there?.starts === true);
  report(title, fixed, ({ answer }) => ({
    ours: 'ok',
    real: answer.fixed.start,
    why: answer.fixed.error,
    verdict: answer.fixed.there,
  }));
}

function report(title, rows, ask) {
  const result = compare(rows.map((row) => ({ ...row, ...ask(row) })));
  console.log(`${title}: ${percent(result)}`);
  for (const { name, bytes, ours: said, real, why = '', verdict } of result.wrong) {
    console.log(`  ${name}: really ${real} ${why}; we say ${said} ${errorsOf(verdict)}`);
    console.log(`    ${JSON.stringify(bytes.toString().slice(0, 300))}`);
  }
}
