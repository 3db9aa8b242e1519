import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, LABEL_HOST, PACKAGED_ARGV, percent } from './judge.mjs';

/**
 * Our `error` verdict against the labels of a folder with real files: labels.tsv has a column `dockerd-VERSION`
 * (ok or fail) and one with dockerd's error for each engine.
 */
export function judgeCorpus(folder, { validateConfig, parseVersion }) {
  const [head, ...lines] = readFileSync(join(folder, 'labels.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  const engines = columns.flatMap((name, index) =>
    name.startsWith('dockerd-') ? [{ name, index }] : [],
  );
  for (const { name, index } of engines) {
    const engine = parseVersion(name.slice('dockerd-'.length));
    const rows = lines.map((line) => {
      const cells = line.split('\t');
      const bytes = readFileSync(join(folder, cells[0]));
      const verdict = validateConfig({ bytes, engine, argv: PACKAGED_ARGV, host: LABEL_HOST });
      return {
        name: cells[0],
        ours: verdict.starts ? 'ok' : 'fail',
        real: cells[index],
        error: cells[index + 1],
        verdict,
      };
    });
    const result = compare(rows);
    console.log(`corpus, ${name}: starts or not as we say: ${percent(result)}`);
    for (const { name: file, ours, real, error, verdict } of result.wrong) {
      const said = verdict.findings
        .filter(({ severity }) => severity === 'error')
        .map(({ code, message }) => `${code}: ${message}`);
      console.log(
        `  ${file}: ${real}${error ? ` (${error})` : ''}; we say ${ours} ${said.join('; ')}`,
      );
    }
  }
}
