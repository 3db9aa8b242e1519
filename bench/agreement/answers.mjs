import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compare, errorsOf, percent, word } from './judge.mjs';

const FOLDER = fileURLToPath(new URL('answers/', import.meta.url));

/** Engines whose answers are on record. */
export function recordedVersions() {
  return readdirSync(FOLDER).map((name) => name.replace(/\.tsv$/, ''));
}

/** By case: `{ start, reload, validate }`, as ask.sh wrote them. */
export function readAnswers(version) {
  const [, ...lines] = readFileSync(`${FOLDER}${version}.tsv`, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => line.split('\t'));
  return new Map(
    rows.map(([name, start, reload, validate]) => [name, { start, reload, validate }]),
  );
}

export function writeAnswers(version, rows) {
  const lines = rows.map(({ name, start, reload, validate }) =>
    [name, start, reload, validate].join('\t'),
  );
  writeFileSync(
    `${FOLDER}${version}.tsv`,
    ['case\tstart\treload\tvalidate', ...lines, ''].join('\n'),
  );
}

/** Our verdict, and that of `dockerd --validate`, against what the dockerd of this version really did. */
export function judgeAnswers({ version, cases, judge }) {
  const answers = readAnswers(version);
  const known = cases.filter(({ name }) => answers.has(name));
  const rows = known.map(({ name, bytes }) => ({
    name,
    bytes,
    verdict: judge(bytes, version),
    answer: answers.get(name),
  }));
  report(
    `${version}, ${rows.length} made cases: starts or not, as we say`,
    rows,
    ({ verdict, answer }) => ({
      ours: word(verdict.starts),
      real: answer.start,
    }),
  );
  report(
    `${version}, ${rows.length} made cases: reloads or not, as we say`,
    rows,
    ({ verdict, answer }) => ({
      ours: word(verdict.reloads),
      real: word(answer.reload === 'ok'),
    }),
  );
  const asked = rows.filter(({ answer }) => answer.validate !== '-');
  const dockerd = compare(
    asked.map(({ answer }) => ({ ours: answer.validate, real: answer.start })),
  );
  console.log(
    asked.length === 0
      ? `${version}: dockerd has no --validate`
      : `${version}: starts or not, as dockerd --validate says: ${percent(dockerd)}`,
  );
}

function report(title, rows, ask) {
  const result = compare(rows.map((row) => ({ ...row, ...ask(row) })));
  console.log(`${title}: ${percent(result)}`);
  for (const { name, bytes, ours, real, verdict } of result.wrong) {
    console.log(
      `  ${name}: really ${real}; we say ${ours} ${errorsOf(verdict)}: ${bytes.toString().slice(0, 100)}`,
    );
  }
}
