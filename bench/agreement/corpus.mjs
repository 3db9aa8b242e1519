import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, errorsOf, needsOf, percent, word } from './judge.mjs';

/**
 * Our verdict against the labels of a folder with real files: labels.tsv has a column `dockerd-VERSION` (ok or fail) and one with dockerd's
 * error for each engine.
 */
export function judgeCorpus(folder, { judge, judgeOff }) {
  const [head, ...lines] = readFileSync(join(folder, 'labels.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t').map((name, index) => ({ name, index }));
  for (const { name, index } of columns.filter((column) => column.name.startsWith('dockerd-'))) {
    const version = name.slice('dockerd-'.length);
    const rows = lines.map((line) => {
      const cells = line.split('\t');
      const bytes = readFileSync(join(folder, cells[0]));
      const verdict = judge(bytes, version);
      return {
        off: judgeOff(bytes, version),
        name: cells[0],
        ours: word(verdict.starts),
        real: cells[index],
        error: cells[index + 1],
        verdict,
      };
    });
    print(`${version}, real files: starts or not, as we say`, rows);
    const off = rows.map((row) => {
      const { starts, needs } = row.off;
      const hangs = starts && needs.some(({ stops }) => stops === 'start');
      return { ...row, verdict: row.off, ours: hangs ? row.real : word(starts) };
    });
    print(`${version}, real files, off the machine: starts or not, as we say`, off);
    const started = off.filter(({ real }) => real === 'ok');
    const conditional = started.filter(({ verdict }) => verdict.needs.length > 0);
    console.log(
      `${version}, real files: needs on ${percent({ total: started.length, right: conditional.length })} of what starts`,
    );
    for (const { name, verdict } of conditional) console.log(`  ${name}: ${needsOf(verdict)}`);
  }
}

function print(title, rows) {
  const result = compare(rows);
  console.log(`${title}: ${percent(result)}`);
  for (const row of result.wrong) {
    console.log(
      `  ${row.name}: really ${row.real} ${row.error}; we say ${row.ours} ${errorsOf(row.verdict)}`,
    );
  }
}
