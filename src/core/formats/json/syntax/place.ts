import { BOM } from './encoding.js';

/** A place in a text, for people: counted from 1, columns in characters. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
  /** The line, a caret below the column. Tabs are one space, control characters are dots, long lines are cut. */
  readonly snippet: string;
}

const LINE_BREAK = /\r\n|\n|\r/g;
const WIDTH = 100;

export function placeOf(text: string, offset: number): TextPosition {
  let line = 1;
  let start = 0;
  for (const found of text.slice(0, offset).matchAll(LINE_BREAK)) {
    line += 1;
    start = found.index + found[0].length;
  }
  if (start === 0 && text.startsWith(BOM)) start = 1;
  // A line may be as long as the file.
  const left = Array.from(text.slice(Math.max(start, offset - WIDTH), offset)).slice(-WIDTH / 2);
  const after = Array.from(/^[^\r\n]*/.exec(text.slice(offset, offset + WIDTH))?.[0] ?? '');
  const shown = visible([...left, ...after].slice(0, WIDTH).join(''));
  return {
    line,
    column: charactersIn(text, start, offset) + 1,
    snippet: `${shown}\n${' '.repeat(left.length)}^`,
  };
}

function charactersIn(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xdc00 || code > 0xdfff || !isHigh(text.charCodeAt(at - 1))) count += 1;
  }
  return count;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** Foreign text must not move the cursor of a terminal. */
function visible(text: string): string {
  return text
    .replace(/[\t\u00a0]/g, ' ')
    .replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '·');
}
