/** One line of the table: what, the figure, what it shall be, whether it is, and what is to be said about it below. */
export function sweepRow({ what, least }, { runs, missed, bad }, { whole }) {
  const hit = ((1 - missed.length / runs) * 100).toFixed(1);
  const enough = !whole || runs >= least;
  return {
    what,
    figure: `${runs} runs, ${hit} % hit, ${bad.length} torn, lost or stuck`,
    target: `${whole ? `>= ${least} runs, ` : ''}>= 99 % hit, 0`,
    good: enough && runs > 0 && missed.length <= runs / 100 && bad.length === 0,
    details: [...bad, ...missed.map((point) => `${point}: the fault did not happen`)],
  };
}

/** Prints all rows, then what is wrong. Answers whether nothing is. */
export function printTable(rows) {
  const width = (column) => Math.max(...rows.map((row) => row[column].length), column.length);
  const line = (row) =>
    [...COLUMNS.map((column) => row[column].padEnd(width(column))), row.verdict].join('  ');
  const head = { what: 'what', figure: 'figure', target: 'target', verdict: 'verdict' };
  console.log(line(head));
  for (const row of rows) console.log(line({ ...row, verdict: row.good ? 'holds' : 'FAILS' }));
  for (const { what, details } of rows)
    for (const detail of details) console.log(`${what}: ${detail}`);
  return rows.every(({ good }) => good);
}

const COLUMNS = ['what', 'figure', 'target'];
