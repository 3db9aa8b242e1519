import { columnsOf } from './width.js';

/** Lines of at most `width` columns of a terminal. Words and commands in backquotes are not cut: they are copied whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line: string | null = null;
  let used = 0;
  for (const word of wordsOf(text)) {
    let gap = ' ';
    for (const part of unbroken(word)) {
      const columns = columnsOf(part);
      if (line !== null && used + gap.length + columns <= width) {
        line += gap + part;
        used += gap.length + columns;
      } else {
        if (line !== null) lines.push(line);
        line = part;
        used = columns;
      }
      gap = '';
    }
  }
  return line === null ? lines : [...lines, line];
}

const HAN = /[\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff]/u;
const OPENS = '（「『《〈【“‘';
const CLOSES = '，。、；：？！）」』》〉】”’…';

/**
 * The parts of a word between which a line may be broken: before and behind a Chinese character, but not before a sign that
 * closes nor behind one that opens (Unicode UAX 14: ID, CL, EX, NS and OP), and never in backquotes.
 */
function unbroken(word: string): readonly string[] {
  if (!HAN.test(word)) return [word];
  const parts: string[] = [];
  let before = '';
  for (const [sign] of word.matchAll(/`[^`]*`|./gsu)) {
    const may = HAN.test(before) || HAN.test(sign.charAt(0)) || CLOSES.includes(before);
    const breaks = may && !CLOSES.includes(sign) && !OPENS.includes(before);
    if (breaks || parts.length === 0) parts.push(sign);
    else parts.push((parts.pop() ?? '') + sign);
    before = sign;
  }
  return parts;
}

/** What stands between spaces; what is in a pair of backquotes is one. */
function wordsOf(text: string): string[] {
  const parts = text.split('`');
  // Without its partner the last one is a character like any other.
  const last = parts.length % 2 === 0 ? parts.length - 2 : parts.length - 1;
  const words: string[] = [];
  let word = '';
  parts.forEach((part, index) => {
    const [first = '', ...others] = index % 2 === 1 && index <= last ? [part] : part.split(' ');
    word += (index === 0 ? '' : '`') + first;
    for (const next of others) {
      words.push(word);
      word = next;
    }
  });
  return [...words, word];
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
