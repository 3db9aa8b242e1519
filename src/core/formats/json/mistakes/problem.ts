import { closedLater, lackingBraces, lacksLastAlone, unclosedKey } from './brackets.js';
import type { Decoded, EncodingFault } from '../syntax/encoding.js';
import type { Node } from '../syntax/node.js';
import type { FaultRow } from './fault-row.js';
import { type TextPosition, placeOf } from '../syntax/place.js';
import { LAST_ROWS, STATE_ROWS, STRING_ROWS, TEXT_ROWS, UNCLOSED_OBJECT } from './problem-table.js';
import type { SyntaxFault } from '../syntax/scan.js';

/** Why a text is not the JSON that dockerd reads, and where. */
export interface Problem extends TextPosition {
  /** Stable: a row of problem-table.ts, an encoding fault, `duplicate-key` or `wrong-root`. */
  readonly code: string;
  readonly message: string;
  /** What to change. */
  readonly hint: string;
  /** Counts in UTF-16 units of the decoded text, from 0. */
  readonly offset: number;
}

const WIDE_AFTER = /^(true|false|null|-?\d+(?:\.\d+)?)[，：；;、。｝］】]/;

/** Names the family of a fault: the first row that matches the text there, inside strings first. */
export function problemOf(text: string, fault: SyntaxFault): Problem {
  // The scanner takes a full-width comma for a part of the word before.
  const word = WIDE_AFTER.exec(text.slice(fault.offset, fault.offset + 30))?.[1];
  if (word !== undefined && fault.inside === null)
    return problemOf(text, { ...fault, expected: 'separator', offset: fault.offset + word.length });
  const prompt = PROMPT.exec(text);
  if (prompt !== null) return problemAt(text, prompt[0].length - 1, COPIED_PROMPT);
  const start = text.lastIndexOf('"', fault.previous - 2);
  const key = fault.expected === 'colon' ? unclosedKey(text, start) : null;
  if (key !== null) return problemAt(text, start, unclosed(key.name));
  const doubled = doubledQuotes(text, fault);
  if (doubled !== null) return problemAt(text, doubled, DOUBLED_QUOTES);
  const row = rowOf(text, fault);
  const offset = offsetOf(row, text, fault);
  const found = character(text, fault.offset);
  if (row.code === 'early-close' && closedLater(text, fault.offset).length === 1)
    return problemAt(text, offset, { ...row, hint: 'remove that }' });
  if (row.code === 'missing-braces' && lackingBraces(text) === 'first')
    return problemAt(text, offset, { code: row.code, ...FIRST_BRACE });
  return problemAt(text, offset, {
    code: row.code,
    message: row.message.replaceAll('%s', found),
    hint: row.hint.replaceAll('%s', found),
  });
}

/** What a shell shows before a command, at the beginning of the whole. */
const PROMPT = /^\s*\[\w+@[^\]\r\n]{0,80}\](?=[#$ \r\n])/;

const COPIED_PROMPT = {
  code: 'shell-text',
  message: 'this is a shell command, pasted with the JSON it was to write',
  hint: 'keep only what stands between { and }',
};

/** Where an empty text stands before a word that another two quotes follow. */
function doubledQuotes(text: string, { previous, offset, expected }: SyntaxFault): number | null {
  if (expected !== 'colon' && expected !== 'separator') return null;
  const isEmpty = text.slice(previous - 2, previous) === '""' && previous === offset;
  return isEmpty && /^[^"\s{}[\],][^"\r\n]{0,200}""/.test(text.slice(offset, offset + 210))
    ? previous - 2
    : null;
}

const DOUBLED_QUOTES = {
  code: 'doubled-quotes',
  message: 'two quotes where JSON wants one, as a table program writes them',
  hint: 'write " where "" stands',
};

function unclosed(name: string) {
  return {
    code: 'unterminated-string',
    message: `the key ${name} has no closing quote`,
    hint: `write "${name}":`,
  };
}

function offsetOf({ place }: FaultRow, text: string, { previous, offset }: SyntaxFault): number {
  if (place === undefined) return offset;
  const last = Math.max(previous - 1, 0);
  return place === 'previous' ? last : Math.max(text.lastIndexOf('"', last - 1), 0);
}

const FIRST_BRACE = {
  message: 'the { at the beginning of the configuration is missing',
  hint: 'put { before the first key',
};

export function encodingProblem(decoded: Extract<Decoded, { ok: false }>): Problem {
  return problemAt(decoded.text, decoded.offset, {
    code: decoded.code,
    ...ENCODING_FAULTS[decoded.code],
  });
}

const ROOT_HINTS: Readonly<Record<string, string>> = {
  string: 'take the quotes around it away, and write " where \\" stands',
};

/** The configuration is no object. */
export function rootFault(root: Node): {
  readonly code: 'wrong-root';
  readonly message: string;
  readonly hint: string;
} {
  const isWrapped = root.kind === 'array' && root.items.some(({ kind }) => kind === 'object');
  const found = root.kind === 'array' ? 'a list' : `a ${root.kind}`;
  return {
    code: 'wrong-root',
    message: `the configuration must be an object, { … }; this is ${found}`,
    hint: isWrapped
      ? 'remove the [ at the beginning and the ] at the end'
      : (ROOT_HINTS[root.kind] ?? 'put the settings between { and }'),
  };
}

export function problemAt(
  text: string,
  offset: number,
  said: { readonly code: string; readonly message: string; readonly hint: string },
): Problem {
  return { ...said, offset, ...placeOf(text, offset) };
}

/** What makes bytes no text at all. */
export const ENCODING_FAULTS: Readonly<
  Record<EncodingFault, { readonly message: string; readonly hint: string }>
> = {
  'utf-16-without-bom': {
    message: 'the file is UTF-16 without a byte order mark, which no dockerd reads',
    hint: 'save it as UTF-8 (PowerShell: Out-File -Encoding utf8)',
  },
  'invalid-utf-8': {
    message: 'a byte here is not UTF-8',
    hint: 'save the file as UTF-8: in an editor, or with `iconv -f gb18030 -t utf-8 OLD >NEW` (Chinese), latin1 for languages of Western Europe',
  },
  binary: {
    message: 'the file is binary data (a program, an archive), not text',
    hint: 'put the JSON text there, or restore it with: `dockerctl config rollback`',
  },
  encrypted: {
    message: 'the file is encrypted (git-crypt, OpenPGP)',
    hint: 'decrypt it first: dockerd reads plain JSON only',
  },
};

function rowOf(text: string, fault: SyntaxFault): FaultRow {
  if (fault.inside !== null) {
    const row = STRING_ROWS[fault.inside];
    if (fault.inside === 'string-end' && /^"[^\r\n]*$/.test(text.slice(fault.offset)))
      return STRING_ROWS['end-of-text'];
    if (fault.inside !== 'end-of-text' || !['separator', 'key'].includes(fault.expected))
      return row;
    return lacksLastAlone(text) ? (LAST_ROWS[fault.open] ?? row) : UNCLOSED_OBJECT;
  }
  const matches = ({ after, open, pattern }: FaultRow): boolean => {
    if (open?.test(fault.open) === false) return false;
    if (after !== undefined && !after.test(text.charAt(fault.previous - 1))) return false;
    pattern.lastIndex = fault.offset;
    return pattern.test(text);
  };
  const first = fault.expected === 'value' && fault.previous <= 1 ? TEXT_ROWS.start : [];
  const rows = [...first, ...TEXT_ROWS.anywhere, ...STATE_ROWS[fault.expected]];
  return rows.find(matches) ?? STRING_ROWS.other;
}

function character(text: string, offset: number): string {
  const code = text.codePointAt(offset) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const printable = code > 0x20 && !/[\p{C}\p{Z}]/u.test(String.fromCodePoint(code));
  return printable ? String.fromCodePoint(code) : name;
}
