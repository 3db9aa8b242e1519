// npm run bench:agreement [-- --corpus DIR] [--ask SUITE]… [--fresh COUNT [--seed N]]
// How often our verdict is the real dockerd's, and how often that of `dockerd --validate` is, with what differs.
// Without options: on the made cases, against the answers on record. --corpus: on a folder of labelled files too.
// --fresh: on so many configurations that nobody has seen before. Boots a machine of each suite (bookworm, trixie, forky;
// or those of --ask) and asks its dockerd: about a second each; needs root. --ask alone asks about the made cases
// anew and puts the answers on record.
import { parseArgs } from 'node:util';
import { readAnswers, recordedVersions, writeAnswers } from './agreement/answers.mjs';
import { askDockerd } from './agreement/ask.mjs';
import { allCases } from './agreement/cases.mjs';
import { judgeCorpus } from './agreement/corpus.mjs';
import { freshCases } from './agreement/fresh/fresh.mjs';
import { reportAgreement } from './agreement/report.mjs';
import { loadValidator } from './agreement/validator.mjs';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: process.env.AGREEMENT_CORPUS },
    ask: { type: 'string', multiple: true, default: [] },
    fresh: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const { judge, keys } = await loadValidator();
if (values.corpus !== undefined) judgeCorpus(values.corpus, judge);
if (values.fresh === undefined) judgeMade(allCases());
else judgeFresh(freshCases({ keys, seed: Number(values.seed), count: Number(values.fresh) }));

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
    });
}

function judgeFresh(cases) {
  const suites = values.ask.length > 0 ? values.ask : ['bookworm', 'trixie', 'forky'];
  for (const suite of suites) {
    const { version, rows } = askDockerd(suite, cases);
    const answers = new Map(rows.map((row) => [row.name, row]));
    reportAgreement(`${version}, fresh cases of seed ${values.seed}`, {
      version,
      cases,
      answers,
      judge,
    });
  }
}
