import { compare, errorsOf, percent, word } from './judge.mjs';

/** Prints how often our verdict, and that of `dockerd --validate`, is what the dockerd of this version really did. */
export function reportAgreement(title, { version, cases, answers, judge }) {
  const rows = cases
    .filter(({ name }) => answers.has(name))
    .map(({ name, bytes }) => ({
      name,
      bytes,
      verdict: judge(bytes, version),
      answer: answers.get(name),
    }));
  report(`${title}: starts or not, as we say`, rows, ({ verdict, answer }) => ({
    ours: word(verdict.starts),
    real: answer.start,
    why: answer.error,
  }));
  report(`${title}: reloads or not, as we say`, rows, ({ verdict, answer }) => ({
    ours: word(verdict.reloads),
    real: word(answer.reload === 'ok'),
    why: answer.reloadError,
  }));
  const seen = rows.filter(({ answer }) => answer.there !== undefined);
  if (seen.length > 0)
    report(`${title}: starts or not, as dockerctl on that machine says`, seen, ({ answer }) => ({
      ours: word(answer.there.starts),
      real: answer.start,
      why: answer.error,
    }));
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

function report(title, rows, ask) {
  const result = compare(rows.map((row) => ({ ...row, ...ask(row) })));
  console.log(`${title}: ${percent(result)}`);
  for (const { name, bytes, ours, real, why = '', verdict } of result.wrong) {
    console.log(`  ${name}: really ${real} ${why}; we say ${ours} ${errorsOf(verdict)}`);
    console.log(`    ${JSON.stringify(bytes.toString().slice(0, 300))}`);
  }
}
