import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, errorsOf, percent, word } from './judge.mjs';

/**
 * Our verdict against the labels of a folder with real files: labels.tsv has a column `dockerd-VERSION` (ok or fail) and one with dockerd's
 * error for each engine.
 */
export function judgeCorpus(folder, judge) {
  const [head, ...lines] = readFileSync(join(folder, 'labels.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t').map((name, index) => ({ name, index }));
  for (const { name, index } of columns.filter((column) => column.name.startsWith('dockerd-'))) {
    const version = name.slice('dockerd-'.length);
    const rows = lines.map((line) => {
      const cells = line.split('\t');
      const verdict = judge(readFileSync(join(folder, cells[0])), version);
      return {
        name: cells[0],
        ours: word(verdict.starts),
        real: cells[index],
        error: cells[index + 1],
        verdict,
      };
    });
    const result = compare(rows);
    console.log(`${version}, real files: starts or not, as we say: ${percent(result)}`);
    for (const row of result.wrong) {
      console.log(
        `  ${row.name}: really ${row.real} ${row.error}; we say ${row.ours} ${errorsOf(row.verdict)}`,
      );
    }
  }
}
