import { lex, type Piece } from './syntax/lex.js';
import type { Path } from './json-path.js';
import { placeOf, type TextPosition } from './syntax/place.js';

interface Token extends Piece {
  readonly start: number;
}

/**
 * Where the value at `path` begins in a JSON or JSON5 text, or the nearest value around it that is there; how many steps
 * of the path were found with it. The text is one that was read without an error.
 */
export function locate(
  text: string,
  path: Path,
): { readonly place: TextPosition; readonly depth: number } {
  let start = 0;
  const tokens = lex(text).flatMap((piece): Token[] => {
    const token = { ...piece, start };
    start += piece.text.length;
    return piece.kind === 'space' || piece.kind === 'comment' ? [] : [token];
  });
  let at = 0;
  for (const [depth, step] of path.entries()) {
    const child = childAt(tokens, at, step);
    if (child === null) return { place: placeOf(text, tokens[at]?.start ?? 0), depth };
    at = child;
  }
  return { place: placeOf(text, tokens[at]?.start ?? 0), depth: path.length };
}

/** The index of the token that begins the child `step` of the value that begins at `at`. */
function childAt(tokens: readonly Token[], at: number, step: string): number | null {
  const open = tokens[at]?.text;
  if (open !== '{' && open !== '[') return null;
  let count = 0;
  let found: number | null = null;
  for (let index = at + 1; index < tokens.length; index = afterValue(tokens, index)) {
    if (tokens[index]?.text === ',') {
      count += 1;
      index += 1;
    }
    const token = tokens[index];
    if (token === undefined || token.text === '}' || token.text === ']') break;
    if (open === '[') {
      if (String(count) === step) return index;
      continue;
    }
    index += 2;
    // The last of two keys is the one that counts.
    if (nameOf(token) === step) found = index;
  }
  return found;
}

/** The index behind the value that begins at `index`. */
function afterValue(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at += 1) {
    const text = tokens[at]?.text ?? '';
    if (text === '{' || text === '[') depth += 1;
    if (text === '}' || text === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function nameOf({ kind, text }: Token): string {
  return kind === 'string' ? text.slice(1, -1).replace(/\\(["'\\/])/g, '$1') : text;
}
