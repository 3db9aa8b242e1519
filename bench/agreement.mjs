// npm run bench:agreement [-- --corpus DIR] [--ask SUITE]… [--fresh COUNT [--seed N] | --members COUNT [--seed N] | --sweep | --rules | --files DIR] [--part I/N]
// How often our verdict is the real dockerd's, and how often that of `dockerd --validate` is, with what differs.
// Without options: on the made cases, against the answers on record. --corpus: on a folder of labelled files too.
// --members: so many members of objects (right, misspelt, of another engine): does each have an effect on a new container, network or
// build, or is it reported? --fresh: on so many configurations that nobody has seen before; --sweep: every key with a value of every type; --rules: those of
// engine-29.json5; --files:
// the files of a folder. These boot a machine of each suite (bookworm, trixie, forky; or those of --ask) and ask its
// dockerd: about a second each; needs root. --part 2/3 asks the second third. --ask alone asks about the made cases
// anew and puts the answers on record.
import { parseArgs } from 'node:util';
import { readAnswers, recordedVersions, writeAnswers } from './agreement/answers.mjs';
import { askDockerd } from './agreement/ask.mjs';
import { allCases, filesOf, ruleCases, sweepCases } from './agreement/cases.mjs';
import { judgeCorpus } from './agreement/corpus.mjs';
import { freshCases } from './agreement/fresh/fresh.mjs';
import { judgeMembers } from './agreement/members/members.mjs';
import { reportAgreement } from './agreement/report.mjs';
import { loadValidator } from './agreement/validator.mjs';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: process.env.AGREEMENT_CORPUS },
    ask: { type: 'string', multiple: true, default: [] },
    fresh: { type: 'string' },
    members: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    sweep: { type: 'boolean', default: false },
    rules: { type: 'boolean', default: false },
    files: { type: 'string' },
    part: { type: 'string', default: '1/1' },
  },
});
const { judge, judgeOff, keys } = await loadValidator();
if (values.corpus !== undefined) judgeCorpus(values.corpus, { judge, judgeOff });
const SUITES = ['bookworm', 'trixie', 'forky'];
const unseen = unseenCases();
if (values.members !== undefined) members();
else if (unseen === null) judgeMade(allCases());
else judgeUnseen(unseen.name, partOf(unseen.cases));

function members() {
  for (const suite of values.ask.length > 0 ? values.ask : SUITES) {
    const of = { seed: Number(values.seed), count: Number(values.members), partOf, judge };
    if (judgeMembers(suite, of) > 0) process.exitCode = 1;
  }
}

function unseenCases() {
  const { fresh: count, seed, sweep, files, rules } = values;
  if (rules) return { name: 'rules of engine 29', cases: ruleCases() };
  if (count !== undefined)
    return {
      name: `fresh cases of seed ${seed}`,
      cases: freshCases({ keys, seed: Number(seed), count: Number(count) }),
    };
  if (sweep) return { name: 'every key with every type', cases: sweepCases(keys) };
  return files === undefined ? null : { name: `files of ${files}`, cases: filesOf(files) };
}

function partOf(cases) {
  const [part, of] = values.part.split('/').map(Number);
  return cases.filter((_, index) => index % of === part - 1);
}

function judgeMade(cases) {
  for (const suite of values.ask) {
    const { version, rows } = askDockerd(suite, cases);
    writeAnswers(version, rows);
  }
  for (const version of recordedVersions())
    reportAgreement(`${version}, made cases`, {
      version,
      cases,
      answers: readAnswers(version),
      judge,
      judgeOff,
    });
}

function judgeUnseen(name, cases) {
  const suites = values.ask.length > 0 ? values.ask : SUITES;
  for (const suite of suites) {
    const { version, rows } = askDockerd(suite, cases);
    const answers = new Map(rows.map((row) => [row.name, row]));
    reportAgreement(`${version}, ${name}`, { version, cases, answers, judge, judgeOff });
  }
}
