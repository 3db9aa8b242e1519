import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('answers/', import.meta.url));

/** Engines whose answers are on record. */
export function recordedVersions() {
  return readdirSync(FOLDER).map((name) => name.replace(/\.tsv$/, ''));
}

/** By case: `{ start, reload, validate, containers }`, as ask.sh wrote them. */
export function readAnswers(version) {
  const [, ...lines] = readFileSync(`${FOLDER}${version}.tsv`, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => line.split('\t'));
  return new Map(
    rows.map(([name, start, reload, validate, containers]) => [
      name,
      { start, reload, validate, containers },
    ]),
  );
}

export function writeAnswers(version, rows) {
  const lines = rows.map(({ name, start, reload, validate, containers }) =>
    [name, start, reload, validate, containers].join('\t'),
  );
  writeFileSync(
    `${FOLDER}${version}.tsv`,
    ['case\tstart\treload\tvalidate\tcontainers', ...lines, ''].join('\n'),
  );
}
