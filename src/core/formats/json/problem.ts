import { lackingBraces } from './correction.js';
import type { Decoded, EncodingFault } from './encoding.js';
import type { Node } from './node.js';
import { type FaultRow, STATE_ROWS, STRING_ROWS, TEXT_ROWS } from './problem-table.js';
import { type TextPosition, placeOf } from './place.js';
import type { SyntaxFault } from './scan.js';

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

const WIDE_AFTER = /^(true|false|null|-?\d+(?:\.\d+)?)[，：；、｝］]/;

/** Names the family of a fault: the first row that matches the text there, inside strings first. */
export function problemOf(text: string, fault: SyntaxFault): Problem {
  // The scanner takes a full-width comma for a part of the word before.
  const word = WIDE_AFTER.exec(text.slice(fault.offset, fault.offset + 30))?.[1];
  if (word !== undefined && fault.inside === null)
    return problemOf(text, { ...fault, expected: 'separator', offset: fault.offset + word.length });
  const row = rowOf(text, fault);
  const offset = row.place === 'previous' ? Math.max(fault.previous - 1, 0) : fault.offset;
  const found = character(text, fault.offset);
  if (row.code === 'missing-braces' && lackingBraces(text) === 'first')
    return problemAt(text, offset, { code: row.code, ...FIRST_BRACE });
  return problemAt(text, offset, {
    code: row.code,
    message: row.message.replaceAll('%s', found),
    hint: row.hint.replaceAll('%s', found),
  });
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

/** The configuration is no object. */
export function rootFault(root: Node): {
  readonly code: 'wrong-root';
  readonly message: string;
  readonly hint: string;
} {
  const found = root.kind === 'array' ? 'a list' : `a ${root.kind}`;
  return {
    code: 'wrong-root',
    message: `the configuration must be an object, { … }; this is ${found}`,
    hint: 'put the settings between { and }',
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
    hint: 'save the file as UTF-8 (in an editor, or with iconv -f latin1 -t utf-8)',
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
    const unfinished =
      fault.inside === 'string-end' && /^"[^\r\n]*$/.test(text.slice(fault.offset));
    return unfinished ? STRING_ROWS['end-of-text'] : row;
  }
  const matches = ({ after, pattern }: FaultRow): boolean => {
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
