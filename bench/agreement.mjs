import { judgeCorpus } from './agreement/corpus.mjs';
import { loadValidator } from './agreement/validator.mjs';

const { AGREEMENT_CORPUS } = process.env;
const corpus = process.argv[2] ?? AGREEMENT_CORPUS;
const validator = await loadValidator();
if (corpus) judgeCorpus(corpus, validator);
