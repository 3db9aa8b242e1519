/**
 * What the catalogue of Chinese lacks, in the form to fill in; what no source says any more; and entries whose values, commands or
 * options are others than those of the source. Exit status 1 where there is any: npm run messages
 */
import { CATALOGUE, compare } from './messages/compare.mjs';

const { missing, pending, stale, wrong } = compare('.');
const list = (title, texts) => {
  if (texts.length > 0)
    console.log(`${title}:\n${texts.map((text) => `    ${JSON.stringify(text)}`).join('\n')}`);
};
if (missing.length > 0)
  console.log(
    `Translate into "sentences" of ${CATALOGUE}:\n${missing.map((text) => `    ${JSON.stringify(text)}: "",`).join('\n')}`,
  );
list('Take out, for no source says it', stale);
list('Other values, commands or options than in English', wrong);
console.log(
  `${missing.length} missing, ${stale.length} stale, ${wrong.length} wrong; ${pending.length} in folders that are not translated yet`,
);
process.exitCode = missing.length + stale.length + wrong.length > 0 ? 1 : 0;
