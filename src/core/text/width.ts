// East Asian Wide and Fullwidth (Unicode UAX 11), as far as fonts of terminals draw them over two columns; and emoji.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

const COLOUR = /\u001b\[[0-9;]*m/g;
const NO_WIDTH = /\p{Mark}/u;

/** How many columns of a terminal the text takes: colours take none, a wide character two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text.replace(COLOUR, ''))
    columns += WIDE.test(character) ? 2 : NO_WIDTH.test(character) ? 0 : 1;
  return columns;
}

/** As `padEnd`, by columns of a terminal. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
