import { andMore, MOST_LISTED } from './cut.js';
import { columnsOf, padColumns } from '../../core/text/width.js';
import { printable } from '../../core/text/printable.js';
import type { Style } from '../../app/context/command.js';

/** Columns as wide as their widest cell, two spaces between; foreign text is made harmless. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const more = rows.length - MOST_LISTED;
  const lines = [head, ...rows.slice(0, MOST_LISTED)].map((row) =>
    // What stands first is a name of somebody's.
    row.map((cell, column) =>
      row === head || column > 0 ? style.say(printable(cell)) : printable(cell),
    ),
  );
  const widths = head.map((_, column) =>
    lines.reduce((width, row) => Math.max(width, columnsOf(row[column] ?? '')), 0),
  );
  const [first = '', ...rest] = lines.map((row) =>
    row
      .map((cell, column) => padColumns(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [style.bold(first), ...rest, ...(more > 0 ? [andMore(more)] : [])].join('\n');
}
