import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Member, Node } from './node.js';

/** dockerd's own decoder stops at 10,000 levels; no daemon.json needs more than five. */
const MAX_DEPTH = 200;

/** What may stand next. */
export type Expected =
  'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'separator' | 'end';

/** Where the text stops being JSON, and what was expected there. */
export interface SyntaxFault {
  readonly offset: number;
  readonly expected: Expected;
  /** End of the token before. */
  readonly previous: number;
  /** The brackets that are open there, outermost first. */
  readonly open: string;
  /** What the scanner found wrong inside the token at `offset`. */
  readonly inside: 'string-end' | 'escape' | 'control' | 'number' | 'depth' | 'end-of-text' | null;
}

export type JsonScan =
  | { readonly ok: true; readonly root: Node | null }
  | { readonly ok: false; readonly fault: SyntaxFault };

/**
 * Reads one strict JSON value (RFC 8259) from `text`, starting at `from`, in linear time and constant stack.
 * A text of white space alone has the root null. Duplicate keys are kept: see `duplicateKeys`.
 */
export function scan(text: string, from = 0): JsonScan {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  const open: Frame[] = [];
  let root = null as Node | null;
  let expected = 'value' as Expected;
  let previous = from;

  const place = (node: Node): void => {
    const frame = open.at(-1);
    if (frame === undefined) root = node;
    else if (frame.kind === 'array') frame.items.push(node);
    else {
      // A spread costs more than all the rest of a megabyte.
      const { start, keyEnd, key } = frame.key;
      frame.members.push({ start, keyEnd, key, value: node });
    }
    expected = frame === undefined ? 'end' : 'separator';
  };

  const fail = (inside: SyntaxFault['inside']): JsonScan => ({
    ok: false,
    fault: {
      ...{ offset: scanner.getTokenOffset(), expected, previous, inside },
      open: open.map(({ kind }) => (kind === 'object' ? '{' : '[')).join(''),
    },
  });

  // Nothing is allocated for a token: of those a megabyte has hundreds of thousands.
  for (;;) {
    const kind = nextKind(scanner, text);
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (kind === 'eof') {
      const complete = expected === 'end' || (expected === 'value' && open.length === 0);
      return complete ? { ok: true, root } : fail('end-of-text');
    }
    if (!ALLOWED[expected].has(kind)) return fail(null);
    const inside = insideOf(scanner, kind, text.charCodeAt(end));
    if (inside !== null) return fail(inside);
    const frame = open.at(-1);
    if (kind === '{' || kind === '[') {
      if (open.length === MAX_DEPTH) return fail('depth');
      open.push(openFrame(kind, start));
      expected = kind === '{' ? 'key-or-close' : 'value-or-close';
    } else if (kind === '}' || kind === ']') {
      if (frame === undefined || (frame.kind === 'object') !== (kind === '}')) return fail(null);
      open.pop();
      place(closeFrame(frame, end));
    } else if (kind === ',') {
      expected = frame?.kind === 'object' ? 'key' : 'value';
    } else if (kind === ':') {
      expected = 'value';
    } else if (expected === 'key' || expected === 'key-or-close') {
      if (frame?.kind === 'object')
        frame.key = { start, keyEnd: end, key: scanner.getTokenValue() };
      expected = 'colon';
    } else if (kind !== 'other') {
      place({ kind, start, end });
    }
    previous = end;
  }
}

type TokenKind =
  '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'boolean' | 'null' | 'other' | 'eof';

const VALUE = ['{', '[', 'string', 'number', 'boolean', 'null'] as const;

const ALLOWED: Readonly<Record<Expected, ReadonlySet<TokenKind>>> = {
  value: new Set(VALUE),
  'value-or-close': new Set([...VALUE, ']']),
  key: new Set(['string']),
  'key-or-close': new Set(['string', '}']),
  colon: new Set([':']),
  separator: new Set([',', '}', ']']),
  end: new Set(),
};

/** jsonc-parser's SyntaxKind by number: it is a `const enum`, which isolated modules cannot read. */
const TOKENS: readonly (TokenKind | 'space')[] = [
  'other',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  'boolean',
  'boolean',
  'string',
  'number',
  'other',
  'other',
  'space',
  'space',
  'other',
  'eof',
];

/** jsonc-parser's ScanError by number. */
const ERRORS: readonly SyntaxFault['inside'][] = [
  null,
  null,
  'string-end',
  'number',
  'escape',
  'escape',
  'control',
];

function nextKind(scanner: JSONScanner, text: string): TokenKind {
  for (;;) {
    // The scanner puts blanks together one by one: a megabyte of them would take it a hundred.
    const from = scanner.getPosition();
    const to = afterBlanks(text, from);
    if (to > from + 1) scanner.setPosition(to);
    const kind = TOKENS[scanner.scan()] ?? 'other';
    if (kind !== 'space') return kind;
  }
}

/** RFC 8259 section 2. */
function afterBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** `next` is the code of the character behind the token. */
function insideOf(scanner: JSONScanner, kind: TokenKind, next: number): SyntaxFault['inside'] {
  // The scanner ends a number at the first odd character: 1abc and 01 must not pass as two tokens.
  if (kind === 'number' && /[\w.+-]/.test(String.fromCharCode(next))) return 'number';
  return ERRORS[scanner.getTokenError()] ?? null;
}

type Frame =
  | { kind: 'object'; start: number; members: Member[]; key: Omit<Member, 'value'> }
  | { kind: 'array'; start: number; items: Node[] };

function openFrame(kind: '{' | '[', start: number): Frame {
  return kind === '{'
    ? { kind: 'object', start, members: [], key: { start, keyEnd: start, key: '' } }
    : { kind: 'array', start, items: [] };
}

function closeFrame(frame: Frame, end: number): Node {
  return frame.kind === 'object'
    ? { kind: 'object', start: frame.start, end, members: frame.members }
    : { kind: 'array', start: frame.start, end, items: frame.items };
}
