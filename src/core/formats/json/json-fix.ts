import { braced, corrected, correctionOf } from './correction.js';
import type { Document } from './document.js';
import { decode, encode } from './encoding.js';
import type { Problem } from './problem.js';
import { type Comment, relax } from './relaxed.js';

export interface FixedText {
  readonly document: Document;
  /** They cannot stay in strict JSON. */
  readonly comments: readonly Comment[];
}

/** A text with more is not worth fixing by program. */
const MOST_STEPS = 1000;

/**
 * Strict JSON with the layout of the original, where each mistake has one fixing that nobody would dispute: all that `relax`
 * takes, typographic and full-width marks, a missing or doubled comma, True and None, a shell command around the object.
 * null where something is left to guess.
 */
export function fixText(bytes: Uint8Array): FixedText | null {
  const decoded = decode(bytes);
  const encoding = decoded.ok ? decoded.encoding : 'utf-8';
  let text = decoded.text;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const relaxed = relax(step === 0 ? bytes : encode(text, encoding));
    if (relaxed.ok) return relaxed;
    if (!decoded.ok) return null;
    const fixed = fixOne(text, relaxed.problems[0]);
    if (fixed === null || fixed === text) return null;
    text = fixed;
  }
  return null;
}

type TextFix = (text: string, offset: number) => string | null;

/** By code of problem-table.ts. */
const FIXES: Readonly<Record<string, TextFix>> = {
  // A comment is kept beside the file.
  prose: (text, at) => `${text.slice(0, at)}// ${text.slice(at)}`,
  'missing-braces': (text) => braced(text),
  'missing-colon': (text, at) => `${text.slice(0, at)}:${text.slice(at)}`,
  'unquoted-value': (text, at) => {
    const [word = ''] =
      /^[\p{L}\d][\p{L}\d./:_@+-]*(?=\s*[,}\]\r\n])/u.exec(text.slice(at, at + 1000)) ?? [];
    return word === '' ? null : `${text.slice(0, at)}"${word}"${text.slice(at + word.length)}`;
  },
  'smart-quotes': (text, at) => {
    const [whole = '', inner = ''] = QUOTED.exec(text.slice(at, at + 1000)) ?? [];
    return whole === '' ? null : `${text.slice(0, at)}"${inner}"${text.slice(at + whole.length)}`;
  },
  'missing-comma': (text, at) => `${text.slice(0, at + 1)},${text.slice(at + 1)}`,
  'extra-comma': (text, at) => replaceAt(text, at, ''),
  'wide-punctuation': (text, at) => {
    const plain = PLAIN[text.charAt(at)];
    return plain === undefined ? null : replaceAt(text, at, plain);
  },
  'bad-literal': (text, at) => {
    const [word = ''] = /^[a-z]+/i.exec(text.slice(at, at + 20)) ?? [];
    const literal = word.toLowerCase() === 'none' ? 'null' : word.toLowerCase();
    const known = ['true', 'false', 'null'].includes(literal);
    return known ? text.slice(0, at) + literal + text.slice(at + word.length) : null;
  },
  'shell-text': (text) => {
    const object = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
    return object === '' ? null : `${object}\n`;
  },
};

/** A text between typographic quotes, or one and a plain one, on one line. */
const QUOTED = /^[“”„‟«»‘’‚‛″′＂]([^"“”„‟«»‘’‚‛″′＂\\\r\n]*)["“”„‟«»‘’‚‛″′＂]/;

const PLAIN: Readonly<Record<string, string>> = {
  '，': ',',
  '：': ':',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
};

/** Mistakes that `relax` takes where they stand alone, corrected one by one where they stand beside others. */
const RELAXED: ReadonlySet<string> = new Set([
  'bad-escape',
  'bad-number',
  'nbsp',
  'single-quotes',
  'unquoted-key',
]);

function fixOne(text: string, { code, offset }: Problem): string | null {
  const fixed = FIXES[code]?.(text, offset) ?? null;
  if (fixed !== null || !RELAXED.has(code)) return fixed;
  const correction = correctionOf(text, code, offset);
  return correction === null ? null : corrected(text, correction);
}

function replaceAt(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1);
}
