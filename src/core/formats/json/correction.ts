import JSON5 from 'json5';
import { lex } from './lex.js';

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

type Correct = (text: string, at: number) => Correction | null;

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

const WORDS: Readonly<Record<string, string>> = {
  true: 'true',
  yes: 'true',
  on: 'true',
  false: 'false',
  no: 'false',
  off: 'false',
};

const PLAIN: Readonly<Record<string, string>> = {
  '，': ',',
  '：': ':',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
};

/**
 * By code of problem-table.ts, what lets the rest be read: one correction for one mistake, so that all that follow are found.
 * Where several are as good there is none, and nothing behind it is told.
 */
const CORRECTIONS: Readonly<Record<string, Correct>> = {
  comment: (text, at) => blank(at, matchAt(/\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|#[^\r\n]*/, text, at)),
  prose: (text, at) => blank(at, matchAt(/[^\r\n]*/, text, at)),
  'trailing-comma': (text, at) => blank(at, text.charAt(at)),
  'extra-comma': (text, at) => blank(at, text.charAt(at)),
  nbsp: (text, at) => blank(at, text.charAt(at)),
  'smart-quotes': (text, at) => {
    const inner = matchAt(/[^"“”„‟«»‘’‚‛″′＂\\\r\n]*/, text, at + 1);
    const isClosed = /["“”„‟«»‘’‚‛″′＂]/.test(text.charAt(at + 1 + inner.length));
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
    const plain = PLAIN[text.charAt(at)];
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
  'missing-value': insert('null'),
  'unterminated-string': (text, at) => {
    const found = matchAt(/"[^\r\n]*/, text, at);
    let end = found.length;
    while (/[\s,]/.test(found.charAt(end - 1))) end -= 1;
    return { at: at + end, removed: 0, inserted: '"' };
  },
  'bad-escape': (text, at) => {
    const found = matchAt(STRING, text, at);
    const inserted = found.replace(/\\(?!["\\/bfnrt]|u[\da-f]{4})/gi, '\\\\');
    return inserted === found ? null : { at, removed: found.length, inserted };
  },
  'control-character': (text, at) => {
    if (text.charAt(at) !== '"') return blank(at, text.charAt(at));
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

/** null where nothing is certain. */
export function correctionOf(text: string, code: string, at: number): Correction | null {
  const found = CORRECTIONS[code]?.(text, at) ?? null;
  return found === null || corrected(text, found) === text ? null : found;
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

/** The braces that the whole lacks: both, the first alone, or, where they do not match, nobody knows. */
export function lackingBraces(text: string): 'both' | 'first' | null {
  let depth = 0;
  let unmatched = 0;
  for (const { kind, text: mark } of lex(text)) {
    if (kind !== 'mark') continue;
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') {
      if (depth === 0) unmatched += 1;
      else depth -= 1;
    }
  }
  if (depth !== 0) return null;
  if (unmatched === 0) return 'both';
  return unmatched === 1 && text.trimEnd().endsWith('}') ? 'first' : null;
}

/** With the braces that it lacks, those that are not there at the very ends, no line more than before. */
export function braced(text: string): string | null {
  const lacking = lackingBraces(text);
  if (lacking === null) return null;
  const start = /^\ufeff?/.exec(text)?.[0].length ?? 0;
  const end = text.trimEnd().length;
  const close =
    lacking === 'both'
      ? `${/[^\n]*$/.exec(text.slice(0, end))?.[0].includes('//') === true ? '\n' : ''}}`
      : '';
  return `${text.slice(0, start)}{${text.slice(start, end)}${close}${text.slice(end)}`;
}
