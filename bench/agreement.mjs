// node bench/agreement.mjs [--corpus DIR] [--ask SUITE]…
// How often our verdict is the real dockerd's. Without options: on the made cases, against the answers on record.
// --ask bookworm|trixie|forky boots that machine, asks its dockerd anew, and puts its answers on record (15 minutes, root).
import { parseArgs } from 'node:util';
import { judgeAnswers, recordedVersions, writeAnswers } from './agreement/answers.mjs';
import { askDockerd } from './agreement/ask.mjs';
import { allCases } from './agreement/cases.mjs';
import { judgeCorpus } from './agreement/corpus.mjs';
import { loadValidator } from './agreement/validator.mjs';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: process.env.AGREEMENT_CORPUS },
    ask: { type: 'string', multiple: true, default: [] },
  },
});
const [{ judge }, cases] = [await loadValidator(), allCases()];
if (values.corpus !== undefined) judgeCorpus(values.corpus, judge);
for (const suite of values.ask) {
  const { version, rows } = askDockerd(suite, cases);
  writeAnswers(version, rows);
}
for (const version of recordedVersions()) judgeAnswers({ version, cases, judge });
