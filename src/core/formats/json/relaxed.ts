import JSON5 from 'json5';
import { type Document, parseText } from './document.js';
import { decode } from './syntax/encoding.js';
import { lex, type Piece } from './syntax/lex.js';
import { encodingProblem, type Problem } from './mistakes/problem.js';

/** A comment as it stood, its marks included, and the line it began on, from 1. */
export interface Comment {
  readonly line: number;
  readonly text: string;
}

export type Relaxed =
  | {
      readonly ok: true;
      /** Strict JSON with the layout of the original. */
      readonly document: Document;
      readonly comments: readonly Comment[];
    }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/**
 * Reads what people write instead of JSON and turns it into strict JSON, token by token, so that layout, order and
 * numbers stay: comments (// and block, # too), commas before a closing bracket, JSON5's quotes, bare keys and numbers,
 * no-break spaces, UTF-16 without BOM (written back as UTF-8). Never guesses: a missing comma stays an error.
 * Whether the file may be rewritten is the caller's question to the operator. Never throws.
 */
export function relax(bytes: Uint8Array): Relaxed {
  const decoded = decode(bytes);
  if (!decoded.ok && decoded.code !== 'utf-16-without-bom')
    return { ok: false, problems: [encodingProblem(decoded)] };
  const pieces = lex(decoded.text);
  const blank = strictTexts(pieces, blankText).join('');
  const damaged = pieces.some(({ kind, text }) => kind !== 'comment' && text.includes(GONE));
  const strict = damaged ? blank : closeGaps(strictTexts(pieces, strictText).join(''));
  const parsed = parseText(strict, decoded.ok ? decoded.encoding : 'utf-8');
  if (parsed.ok) return { ok: true, document: parsed.document, comments: commentsOf(pieces) };
  const blanked = parseText(blank);
  return { ok: false, problems: blanked.ok ? parsed.problems : blanked.problems };
}

/** What is added to the side file `<path>.comments`. */
export function commentsText(path: string, comments: readonly Comment[]): string {
  const lines = comments.map(({ line, text }) => `line ${line}: ${text}\n`);
  return `Comments that stood in ${path} (dockerd reads JSON, which has none):\n${lines.join('')}`;
}

/** Stands where a comment was until its gap is closed. */
const GONE = '\0';

/** A bare key of JSON5 (an ECMAScript name); typographic quotes make none. */
const NAME = /^[\p{L}$_][\p{L}\p{N}$_]*$/u;

/** `next` is the piece that follows, white space and comments aside. */
type Translate = (piece: Piece, next: Piece | undefined) => string;

function strictTexts(pieces: readonly Piece[], translate: Translate): string[] {
  let next: Piece | undefined;
  return pieces
    .toReversed()
    .map((piece) => {
      const text = translate(piece, next);
      if (piece.kind !== 'space' && piece.kind !== 'comment') next = piece;
      return text;
    })
    .reverse();
}

function strictText(piece: Piece, next: Piece | undefined): string {
  if (isExtra(piece, next)) return piece.kind === 'comment' ? GONE : '';
  if (piece.kind === 'space') return piece.text.replace(/[^ \t\r\n\ufeff]/g, ' ');
  if (piece.kind === 'word' && next?.text === ':' && NAME.test(piece.text))
    return JSON.stringify(piece.text);
  if (piece.kind === 'word') return strictWord(piece.text);
  return piece.kind === 'string' ? strictString(piece.text) : piece.text;
}

/** As long as the piece, so that a problem that stays is found where it is in the original. */
function blankText(piece: Piece, next: Piece | undefined): string {
  const blank = isExtra(piece, next) || piece.kind === 'space';
  return blank ? piece.text.replace(/[^\r\n\ufeff]/g, ' ') : piece.text;
}

function isExtra({ kind, text }: Piece, next: Piece | undefined): boolean {
  if (kind === 'comment') return !text.startsWith('/*') || (text.length > 3 && text.endsWith('*/'));
  return text === ',' && (next?.text === '}' || next?.text === ']');
}

/** What may be a number of JSON5: to try one that is none costs more than all the rest. */
const NUMBER = /^[+-]?(?:0x[\da-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|Infinity|NaN)$/i;

/** Numbers of JSON5 (0x10, +1, .5); all other words are JSON already, or wrong in JSON5 too. */
function strictWord(word: string): string {
  if (!NUMBER.test(word) || isStrict(word)) return word;
  const value = json5Value(word);
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? String(value)
    : word;
}

function strictString(text: string): string {
  if (isStrict(text)) return text;
  const value = json5Value(
    text.replace(BACKSLASH, (all, escaped?: string) => (escaped === undefined ? `${all}\\` : all)),
  );
  return typeof value === 'string' ? JSON.stringify(value) : text;
}

/** With what it escapes; one that begins no escape, of a regular expression or a path of Windows: JSON5 would drop it, and nobody means that. */
const BACKSLASH = /\\(["'\\/bfnrtuvx0\r\n\u2028\u2029])?/g;

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function json5Value(text: string): unknown {
  try {
    return JSON5.parse(text);
  } catch {
    return undefined;
  }
}

const END_OF_LINE: ReadonlySet<string> = new Set(['\r', '\n', '']);

/** Lines that held nothing but comments go, and the space before a comment at the end of a line. */
function closeGaps(text: string): string {
  return text
    .replace(/^[ \t]*\0[ \t\0]*(?:\r\n|\n|\r|$)/gm, '')
    .replace(/[ \t\0]+/g, (run, offset: number, whole: string) =>
      run.includes('\0') && END_OF_LINE.has(whole.charAt(offset + run.length)) ? '' : run,
    )
    .replace(/\0+[ \t]?/g, '');
}

function commentsOf(pieces: readonly Piece[]): Comment[] {
  let line = 1;
  return pieces.flatMap(({ kind, text }) => {
    const comment = { line, text };
    line += text.match(/\r\n|\n|\r/g)?.length ?? 0;
    return kind === 'comment' ? [comment] : [];
  });
}
