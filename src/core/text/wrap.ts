import { columnsOf } from './width.js';

/** Lines of at most `width` columns of a terminal. Words are not cut: a path or an address is copied whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string | null = null;
  let used = 0;
  for (const word of text.split(' ')) {
    const columns = columnsOf(word);
    if (line !== null && used + columns + 1 <= width) {
      line += ` ${word}`;
      used += columns + 1;
      continue;
    }
    if (line !== null) lines.push(line);
    line = word;
    used = columns;
  }
  return line === null ? lines : [...lines, line];
}

/** The same with the lines after the first indented by so many columns; the first is as long as the others with it. */
export function wrapHanging(text: string, width: number, indent: number): string {
  return wrap(text, Math.max(width - indent, NARROWEST))
    .map((line, index) => (index === 0 ? line : ' '.repeat(indent) + line))
    .join('\n');
}

const NARROWEST = 20;

/** A text with its line ends: each line is wrapped, and what follows keeps the indentation of its line. `width` in columns. */
export function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = /^ */u.exec(line)?.[0] ?? '';
      if (columnsOf(line) <= width) return [line];
      const room = Math.max(NARROWEST, width - indent.length);
      return wrap(line.slice(indent.length), room).map((part) => indent + part);
    })
    .join('\n');
}
