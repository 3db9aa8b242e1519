import type { Say } from '../../core/locale/translate.js';
import { columnsOf, padColumns } from '../../core/text/width.js';
import { wrap } from '../../core/text/wrap.js';

/** Who reads: the width of the terminal in columns, and the language. */
export interface Reader {
  readonly width: number;
  readonly say: Say;
}

/** A term and what is said of it. */
export type HelpRow = readonly [term: string, text: string];

const INDENT = '  ';
const GAP = 2;
/** A term that is longer stands on a line of its own. */
const WIDEST_TERM = 28;
const NARROWEST_TEXT = 20;

/** Two columns; the second is wrapped below itself. */
export function definitionList(rows: readonly HelpRow[], { width, say }: Reader): string {
  const terms = rows.map(([term]) => columnsOf(term)).filter((length) => length <= WIDEST_TERM);
  const column = INDENT.length + Math.max(0, ...terms) + GAP;
  const room = Math.max(NARROWEST_TEXT, width - column);
  return rows
    .flatMap(([term, text]) => {
      const lines = wrap(say(text), room).map((line) => `${' '.repeat(column)}${line}`);
      const [first = '', ...rest] = lines;
      const head = `${INDENT}${term}`;
      return columnsOf(head) + GAP > column
        ? [head, ...lines]
        : [`${padColumns(head, column)}${first.slice(column)}`.trimEnd(), ...rest];
    })
    .join('\n');
}

/** Parts that are not empty, a blank line between them. */
export const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');
