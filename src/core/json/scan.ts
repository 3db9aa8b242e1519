import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Member, Node } from './node.js';

/** dockerd's own decoder stops at 10,000 levels; no daemon.json needs more than five. */
const MAX_DEPTH = 200;

/** What may stand next. */
export type Expected =
  'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'separator' | 'end';

/** Where the text stops being JSON, and what was expected there. */
export interface Fault {
  readonly offset: number;
  readonly expected: Expected;
  /** End of the token before. */
  readonly previous: number;
  /** What the scanner found wrong inside the token at `offset`. */
  readonly inside: 'string-end' | 'escape' | 'control' | 'number' | 'depth' | 'end-of-text' | null;
}

export type Scan =
  { readonly ok: true; readonly root: Node | null } | { readonly ok: false; readonly fault: Fault };

/**
 * Reads one strict JSON value (RFC 8259) from `text`, starting at `from`, in linear time and constant stack.
 * A text of white space alone has the root null. Duplicate keys are kept: see `duplicateKeys`.
 */
export function scan(text: string, from = 0): Scan {
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

  for (;;) {
    const token = nextToken(scanner, text);
    const fail = (inside: Fault['inside']): Scan => ({
      ok: false,
      fault: { offset: token.start, expected, previous, inside },
    });
    if (token.kind === 'eof') {
      const complete = expected === 'end' || (expected === 'value' && open.length === 0);
      return complete ? { ok: true, root } : fail('end-of-text');
    }
    if (!ALLOWED[expected].includes(token.kind)) return fail(null);
    if (token.inside !== null) return fail(token.inside);
    const frame = open.at(-1);
    if (token.kind === '{' || token.kind === '[') {
      if (open.length === MAX_DEPTH) return fail('depth');
      open.push(openFrame(token));
      expected = token.kind === '{' ? 'key-or-close' : 'value-or-close';
    } else if (token.kind === '}' || token.kind === ']') {
      if (frame === undefined || (frame.kind === 'object') !== (token.kind === '}'))
        return fail(null);
      open.pop();
      place(closeFrame(frame, token.end));
    } else if (token.kind === ',') {
      expected = frame?.kind === 'object' ? 'key' : 'value';
    } else if (token.kind === ':') {
      expected = 'value';
    } else if (expected === 'key' || expected === 'key-or-close') {
      if (frame?.kind === 'object')
        frame.key = { start: token.start, keyEnd: token.end, key: scanner.getTokenValue() };
      expected = 'colon';
    } else if (token.kind !== 'other') {
      place({ kind: token.kind, start: token.start, end: token.end });
    }
    previous = token.end;
  }
}

type TokenKind =
  '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'boolean' | 'null' | 'other' | 'eof';

const VALUE = ['{', '[', 'string', 'number', 'boolean', 'null'] as const;

const ALLOWED: Readonly<Record<Expected, readonly TokenKind[]>> = {
  value: VALUE,
  'value-or-close': [...VALUE, ']'],
  key: ['string'],
  'key-or-close': ['string', '}'],
  colon: [':'],
  separator: [',', '}', ']'],
  end: [],
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
const ERRORS: readonly Fault['inside'][] = [
  null,
  null,
  'string-end',
  'number',
  'escape',
  'escape',
  'control',
];

interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly inside: Fault['inside'];
}

function nextToken(scanner: JSONScanner, text: string): Token {
  for (;;) {
    const kind = TOKENS[scanner.scan()] ?? 'other';
    if (kind === 'space') continue;
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    // The scanner ends a number at the first odd character: 1abc and 01 must not pass as two tokens.
    const inside =
      kind === 'number' && /[\w.+-]/.test(text.charAt(end))
        ? 'number'
        : ERRORS[scanner.getTokenError()];
    return { kind, start, end, inside: inside ?? null };
  }
}

type Frame =
  | { kind: 'object'; start: number; members: Member[]; key: Omit<Member, 'value'> }
  | { kind: 'array'; start: number; items: Node[] };

function openFrame({ kind, start }: Token): Frame {
  return kind === '{'
    ? { kind: 'object', start, members: [], key: { start, keyEnd: start, key: '' } }
    : { kind: 'array', start, items: [] };
}

function closeFrame(frame: Frame, end: number): Node {
  return frame.kind === 'object'
    ? { kind: 'object', start: frame.start, end, members: frame.members }
    : { kind: 'array', start: frame.start, end, items: frame.items };
}
