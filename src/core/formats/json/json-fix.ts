import { braced, unclosedKey } from './mistakes/brackets.js';
import { corrected, correctionsOf, WORDS } from './mistakes/correction.js';
import type { Document } from './document.js';
import { decode, encode } from './syntax/encoding.js';
import { QUOTE_MARKS } from './mistakes/marks.js';
import type { Problem } from './mistakes/problem.js';
import { type Comment, relax } from './relaxed.js';

export interface FixedText {
  /** With a text of its own (`isAside`) for each place that only its author can correct. */
  readonly document: Document;
  /** They cannot stay in strict JSON. */
  readonly comments: readonly Comment[];
  readonly aside: readonly Aside[];
}

/** What stood in a place that is left as it was, and the line it stands on, from 1. */
export interface Aside {
  readonly code: string;
  readonly line: number;
  readonly text: string;
}

/** A text with more is not worth fixing by program: each step reads it from the beginning. */
const MOST_STEPS = 1000;
const MOST_CHARACTERS = 100_000;
const MOST_CHARACTERS_READ = 2_000_000;

/**
 * Strict JSON with the layout of the original, where each mistake has one fixing that nobody would dispute: all that `relax`
 * takes, typographic and full-width marks, a missing or doubled comma, True and None, a shell command around the object.
 * A value that is left to guess is set aside, and put back by `withAside`; null where what is left makes the rest unreadable.
 */
export function fixText(bytes: Uint8Array): FixedText | null {
  const decoded = decode(bytes);
  const encoding = decoded.ok ? decoded.encoding : 'utf-8';
  let text = decoded.text;
  const aside: Aside[] = [];
  if (text.length > MOST_CHARACTERS || text.includes(MARK)) return null;
  const most = Math.min(MOST_STEPS, MOST_CHARACTERS_READ / (text.length + 1));
  for (let step = 0; step < most; step += 1) {
    const relaxed = relax(step === 0 ? bytes : encode(text, encoding));
    if (relaxed.ok) return { ...relaxed, aside };
    if (!decoded.ok) return null;
    const [problem] = relaxed.problems;
    const fixed = fixOne(text, problem) ?? setAside(text, problem, aside);
    if (fixed === null || fixed === text) return null;
    text = fixed;
  }
  return null;
}

/** No text has it: it is of the private use area of Unicode. */
const MARK = '\ue0d0';

/** A text that stands for what was set aside. */
export function isAside(text: string): boolean {
  return text.includes(MARK);
}

/** The text with what was set aside back in its place. */
export function withAside(text: string, aside: readonly Aside[]): string {
  return text.replace(
    new RegExp(`"${MARK}(\\d+)${MARK}"`, 'g'),
    (_, index: string) => aside[Number(index)]?.text ?? '',
  );
}

/** Values whose correction would be a guess, and the second of two keys of one name. */
const UNSURE: Readonly<Record<string, RegExp>> = {
  'unquoted-value': /[^,}\]\r\n"]*[^\s,}\]"]/y,
  'bad-literal': /[a-z]+/iy,
  'bad-number': /[^\s,}\]]+/y,
  'missing-value': /(?=[\s\S]?)/y,
  'duplicate-key': /"(?:[^"\\]|\\.)*"/y,
  'unterminated-string': /"[^"\r\n]*?(?=\s*,?\s*(?:[\r\n]|$))/y,
};

function setAside(text: string, { code, offset, line }: Problem, aside: Aside[]): string | null {
  const pattern = UNSURE[code];
  if (pattern === undefined) return null;
  pattern.lastIndex = offset;
  const found = pattern.exec(text)?.[0];
  if (found === undefined) return null;
  aside.push({ code, line, text: found });
  return `${text.slice(0, offset)}"${MARK}${aside.length - 1}${MARK}"${text.slice(offset + found.length)}`;
}

type TextFix = (text: string, offset: number) => string | null;

/** By code of problem-table.ts. */
const FIXES: Readonly<Record<string, TextFix>> = {
  // A comment is kept beside the file.
  prose: (text, at) => `${text.slice(0, at)}// ${text.slice(at)}`,
  // An arrow or a dash with words behind a value.
  'unexpected-character': (text, at) =>
    WORDS_ALONE.test(text.slice(at, at + 1000)) ? `${text.slice(0, at)}// ${text.slice(at)}` : null,
  'missing-braces': (text) => braced(text),
  'missing-colon': (text, at) => `${text.slice(0, at)}:${text.slice(at)}`,
  'unquoted-value': (text, at) => {
    const [word = ''] =
      /^(?:[\p{L}\d]|\/(?![/*]))[\p{L}\d./:_@+-]*(?=\s*[,}\]\r\n])/u.exec(
        text.slice(at, at + 1000),
      ) ?? [];
    return word === '' ? null : `${text.slice(0, at)}"${word}"${text.slice(at + word.length)}`;
  },
  'smart-quotes': (text, at) => {
    const [whole = '', inner = ''] = QUOTED.exec(text.slice(at, at + 1000)) ?? [];
    return whole === '' ? null : `${text.slice(0, at)}"${inner}"${text.slice(at + whole.length)}`;
  },
  'missing-comma': (text, at) => `${text.slice(0, at + 1)},${text.slice(at + 1)}`,
  'extra-comma': (text, at) => replaceAt(text, at, ''),
  'bad-literal': (text, at) => {
    const [word = ''] = /^[a-z]+/i.exec(text.slice(at, at + 20)) ?? [];
    const literal = literalOf(word);
    return literal === undefined
      ? null
      : text.slice(0, at) + literal + text.slice(at + word.length);
  },
  'unterminated-string': (text, at) => {
    const isCertain =
      unclosedKey(text, at) !== null || WORD_IN_LIST.test(text.slice(at, at + 1000));
    return isCertain
      ? correctionsOf(text, 'unterminated-string', at).reduce(corrected, text)
      : null;
  },
  // A crash cuts a file anywhere; a copied text ends with a line.
  'missing-end': (text) =>
    /[\r\n]/.test(text.slice(text.trimEnd().length)) ? `${text.trimEnd()}\n}\n` : null,
  diff: afterDiff,
  'extra-bracket': (text, at) =>
    /^[\s,}\]]*$/.test(text.slice(at)) ? `${text.slice(0, at).trimEnd()}\n` : null,
  'line-numbers': withoutLineNumbers,
  'wrong-root': (text) => {
    const whole = text.trim();
    if (whole.startsWith('"')) return /^"\s*\{/.test(whole) ? inner(whole) : null;
    return /^\[\s*\{/.test(whole) ? `${whole.slice(1, -1).trim()}\n` : null;
  },
  'control-character': (text, at) => {
    const color = /^\u001b\[[\d;]{0,20}m/.exec(text.slice(at, at + 24))?.[0];
    return color === undefined ? null : text.slice(0, at) + text.slice(at + color.length);
  },
  'shell-text': (text) => {
    const object = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
    return object === '' ? null : `${object}\n`;
  },
};

function literalOf(word: string): string | undefined {
  if (['none', 'null'].includes(word.toLowerCase())) return 'null';
  return Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined;
}

/** The text that a unified diff leaves; null where no line is added, for then it may be a list with dashes. */
function afterDiff(text: string): string | null {
  const lines = text.split('\n');
  if (!lines.some((line) => /^\+[ \t]*["}\]]/.test(line))) return null;
  const left = lines.filter((line) => !/^(?:-|\+\+\+|@@|diff )/.test(line));
  // What is unchanged has a space before it, where all of the diff was copied.
  const isWhole = lines.every((line) => /^(?:[+\- @]|$)/.test(line));
  return left.map((line) => line.replace(isWhole ? /^[+ ]/ : /^\+/, '')).join('\n');
}

/** A list's item of one word whose quote is missing before the brackets that follow. */
const WORD_IN_LIST = /^"[^"\s,[\]{}]+[\]}]+,?[ \t]*(?:[\r\n]|$)/;

/** null where a line of the listing has none. */
function withoutLineNumbers(text: string): string | null {
  const lines = text.split('\n');
  const bare = lines.map((line) => line.replace(/^\s*\d+[.:|]?(?=\s|$)/, ''));
  const isNumbered = lines.every((line, index) => line.trim() === '' || bare[index] !== line);
  return isNumbered ? bare.join('\n') : null;
}

/** The text that a JSON string holds. */
function inner(text: string): string | null {
  try {
    return `${JSON.parse(text) as string}\n`;
  } catch {
    return null;
  }
}

/** To the end of the line, with nothing of JSON in it. */
const WORDS_ALONE = /^[^{}[\]":,\r\n]*\p{L}[^{}[\]":,\r\n]*(?=[\r\n]|$)/u;

/** A text between typographic quotes, or one and a plain one, on one line. */
const QUOTED = new RegExp(`^[${QUOTE_MARKS}]([^"${QUOTE_MARKS}\\\\\\r\\n]*)["${QUOTE_MARKS}]`);

/** Mistakes whose one correction is certain: what `relax` takes where it stands alone, too. */
const CERTAIN: ReadonlySet<string> = new Set([
  'bad-escape',
  'bad-number',
  'doubled-quotes',
  'early-close',
  'ellipsis',
  'equals-sign',
  'escaped-quotes',
  'extra-colon',
  'html-mark',
  'nbsp',
  'second-value',
  'semicolon',
  'single-quotes',
  'unclosed-list',
  'unquoted-key',
  'wide-punctuation',
]);

function fixOne(text: string, { code, offset }: Problem): string | null {
  const fixed = FIXES[code]?.(text, offset) ?? null;
  if (fixed !== null || !CERTAIN.has(code)) return fixed;
  const corrections = correctionsOf(text, code, offset);
  return corrections.length === 0 ? null : corrections.reduce(corrected, text);
}

function replaceAt(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1);
}
