import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `dockerctl explain` reads. */
const PAGES = ['docs/findings.md', 'docs/errors.md'];

/** The columns of a page that `explain` shows to a person, by the head of the table. */
const SHOWN = /^(?:Meaning|What it means|What to do)$/;

/**
 * The texts of the tables of codes, and the headings above them, each with its place. What is only a command in backquotes stays as it
 * is in every language.
 */
export function pageTextsOf(folder) {
  const found = new Map();
  for (const page of PAGES) {
    let heading = '';
    let columns = [];
    readFileSync(join(folder, page), 'utf8')
      .split('\n')
      .forEach((line, at) => {
        heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
        const cells = cellsOf(line);
        if (cells[0] === 'Code') columns = cells;
        if (!/^`[a-z0-9-]+`$/.test(cells[0] ?? '')) return;
        const texts = cells.filter((_, column) => SHOWN.test(columns[column] ?? ''));
        for (const text of [heading, ...texts])
          if (/[A-Za-z]/.test(text.replace(/`[^`]*`/g, '')) && !found.has(text))
            found.set(text, `${page}:${at + 1}`);
      });
  }
  return found;
}

const cellsOf = (line) =>
  line.startsWith('| ')
    ? line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\|', '|'))
    : [];
