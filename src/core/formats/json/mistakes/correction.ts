import JSON5 from 'json5';
import { closedLater, closedList, joinedObjects, unclosedKey, withoutKey } from './brackets.js';
import { QUOTE_MARKS, WIDE_MARKS } from './marks.js';

/** Text to put in place of other text. */
export interface Correction {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

export function corrected(text: string, { at, removed, inserted }: Correction): string {
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

/** Where an offset of the corrected text stood before. */
export function before({ at, removed, inserted }: Correction, offset: number): number {
  if (offset < at) return offset;
  return offset < at + inserted.length ? at : offset - inserted.length + removed;
}

type Correct = (text: string, at: number) => Correction | readonly Correction[] | null;

const blank = (at: number, found: string): Correction => ({
  at,
  removed: found.length,
  inserted: found.replace(/[^\r\n]/g, ' '),
});

const matchAt = (pattern: RegExp, text: string, at: number): string => {
  const sticky = new RegExp(pattern.source, `${pattern.flags.replace('y', '')}y`);
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
};

const insert =
  (inserted: string): Correct =>
  (_, at) => ({ at, removed: 0, inserted });

const STRING = /"(?:[^"\\\r\n]|\\[\s\S])*"?/;

/** Of YAML and of people. */
export const WORDS: Readonly<Record<string, string>> = {
  true: 'true',
  yes: 'true',
  on: 'true',
  false: 'false',
  no: 'false',
  off: 'false',
};

const QUOTE_MARK = new RegExp(`[${QUOTE_MARKS}]`);
const MARKED = new RegExp(`[^"${QUOTE_MARKS}\\\\\\r\\n]*`);

/**
 * By code of problem-table.ts, what lets the rest be read: one correction for one mistake, so that all that follow are found.
 * Where several are as good there is none, and nothing behind it is told.
 */
const CORRECTIONS: Readonly<Record<string, Correct>> = {
  comment: (text, at) => blank(at, matchAt(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|#[^\r\n]*/, text, at)),
  prose: (text, at) => blank(at, matchAt(/[^\r\n]*/, text, at)),
  // What a diff takes away is not there; a list with dashes has no line with +.
  diff: (text, at) => {
    const isTaken = text.charAt(at) === '-' && /^\+[ \t]*["}\]]/m.test(text);
    return blank(at, isTaken ? matchAt(/[^\r\n]*/, text, at) : text.charAt(at));
  },
  // Behind the JSON everything, before it all that stands before the first brace.
  'shell-text': (text, at) => {
    const brace = text.indexOf('{');
    if (brace < at) return brace === -1 ? null : blank(at, text.slice(at));
    return /["']\s*$/.test(text.slice(0, brace).slice(-20)) ? null : blank(0, text.slice(0, brace));
  },
  'extra-bracket': (text, at) => {
    const rest = text.slice(at);
    return /^[\s,}\]]*$/.test(rest) ? blank(at, rest) : null;
  },
  'trailing-comma': (text, at) => blank(at, text.charAt(at)),
  'extra-comma': (text, at) => blank(at, text.charAt(at)),
  nbsp: (text, at) => blank(at, text.charAt(at)),
  'smart-quotes': (text, at) => {
    const inner = matchAt(MARKED, text, at + 1);
    const end = text.charAt(at + 1 + inner.length);
    const isClosed = end === '"' || QUOTE_MARK.test(end);
    return isClosed ? { at, removed: inner.length + 2, inserted: `"${inner}"` } : null;
  },
  'single-quotes': (text, at) => {
    const found = matchAt(/'(?:[^'\\\r\n]|\\[\s\S])*'?/, text, at);
    const value = fromJson5(found);
    return typeof value === 'string'
      ? { at, removed: found.length, inserted: JSON.stringify(value) }
      : null;
  },
  'wide-punctuation': (text, at) => {
    const plain = WIDE_MARKS[text.charAt(at)];
    return plain === undefined ? null : { at, removed: 1, inserted: plain };
  },
  'bad-literal': (text, at) => {
    const word = matchAt(/[a-z]+/i, text, at);
    return { at, removed: word.length, inserted: WORDS[word.toLowerCase()] ?? 'null' };
  },
  'bad-number': (text, at) => {
    const word = matchAt(/[^\s,}\]]+/, text, at);
    const value = fromJson5(word);
    return {
      at,
      removed: word.length,
      inserted: typeof value === 'number' ? String(value) : JSON.stringify(word),
    };
  },
  'unquoted-key': quoted(/[^\s:,"{}[\]]+/),
  'unquoted-value': quoted(/[^,}\]\r\n"]*[^\s,}\]"]/),
  'missing-comma': (_, at) => ({ at: at + 1, removed: 0, inserted: ',' }),
  'missing-colon': insert(':'),
  'equals-sign': (text, at) => ({ at, removed: matchAt(/=>?|->/, text, at).length, inserted: ':' }),
  semicolon: (_, at) => ({ at, removed: 1, inserted: ',' }),
  ellipsis: (text, at) => blank(at, matchAt(/\.{2,}|…+/, text, at)),
  'escaped-quotes': (text, at) => {
    const found = matchAt(/\\+"[^"\\\r\n]*\\+"/y, text, at);
    const inserted = found.replaceAll('\\', '');
    return found === '' ? null : { at, removed: found.length, inserted };
  },
  'html-mark': (text, at) => {
    const quote = matchAt(/&(?:quot|#34|#x22);[^"&\r\n]*&(?:quot|#34|#x22);/i, text, at);
    if (quote !== '')
      return { at, removed: quote.length, inserted: quote.replace(/&[^;&]*;/g, '"') };
    const mark = matchAt(/&nbsp;|<[^>\r\n]{0,200}>/i, text, at);
    return mark === '' ? null : blank(at, mark);
  },
  'extra-colon': (_, at) => ({ at, removed: 1, inserted: '' }),
  'doubled-quotes': (text, at) => {
    const found = matchAt(/""[^"\r\n]*""/y, text, at);
    return { at, removed: found.length, inserted: found.slice(1, -1) };
  },
  // Whose settings these are only their author knows: what stands around them is read.
  'nested-object': (text, at) => {
    const range = withoutKey(text, at);
    return range === null ? null : blank(range.start, text.slice(range.start, range.end));
  },
  'unclosed-list': closedList,
  'early-close': closedLater,
  'second-value': joinedObjects,
  'missing-end': (text) => ({ at: text.trimEnd().length, removed: 0, inserted: '\n}' }),
  'missing-value': insert('null'),
  'unterminated-string': (text, at) => {
    const key = unclosedKey(text, at);
    if (key !== null) return { at: key.end, removed: 0, inserted: '"' };
    const found = matchAt(/"[^\r\n]*/, text, at);
    const word = matchAt(/"[^"\s,[\]{}]+(?=[\]}]+,?[ \t]*(?:[\r\n]|$))/, text, at);
    let end = word === '' ? found.length : word.length;
    while (/[\s,]/.test(found.charAt(end - 1))) end -= 1;
    return { at: at + end, removed: 0, inserted: '"' };
  },
  'bad-escape': (text, at) => {
    const found = matchAt(STRING, text, at);
    const inserted = found.replace(/\\(?!["\\/bfnrt]|u[\da-f]{4})/gi, '\\\\');
    return inserted === found ? null : { at, removed: found.length, inserted };
  },
  'control-character': (text, at) => {
    const color = matchAt(/\u001b\[[\d;]*m/, text, at);
    if (text.charAt(at) !== '"') return blank(at, color === '' ? text.charAt(at) : color);
    const found = matchAt(STRING, text, at);
    return { at, removed: found.length, inserted: found.replace(/[\u0000-\u001f]/g, ' ') };
  },
  'unexpected-character': (text, at) => {
    const words = matchAt(/[^{}[\]":,\r\n]*/, text, at);
    const endsLine = /^[\r\n]?$/.test(text.charAt(at + words.length));
    return endsLine && /\p{L}/u.test(words) ? blank(at, words) : null;
  },
  'trailing-content': (text, at) => blank(at, text.slice(at)),
};

/** To be made one after the other; none where nothing is certain. */
export function correctionsOf(text: string, code: string, at: number): readonly Correction[] {
  const found = CORRECTIONS[code]?.(text, at) ?? [];
  const all = 'inserted' in found ? [found] : found;
  return all.reduce(corrected, text) === text ? [] : all;
}

function quoted(pattern: RegExp): Correct {
  return (text, at) => {
    const word = matchAt(pattern, text, at);
    return word === '' ? null : { at, removed: word.length, inserted: JSON.stringify(word) };
  };
}

function fromJson5(text: string): unknown {
  try {
    return JSON5.parse(text);
  } catch {
    return undefined;
  }
}
