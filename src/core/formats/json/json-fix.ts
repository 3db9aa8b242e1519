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

function fixOne(text: string, { code, offset }: Problem): string | null {
  return FIXES[code]?.(text, offset) ?? null;
}

function replaceAt(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1);
}
