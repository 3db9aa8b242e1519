import JSON5 from 'json5';
import { lex } from './syntax/lex.js';
import { placeOf, type TextPosition } from './syntax/place.js';

/** A name that stands twice in one object of a JSON or JSON5 text that was read without an error; null: there is none. */
export function repeatedKey(
  text: string,
): { readonly name: string; readonly first: TextPosition; readonly second: TextPosition } | null {
  const open: Map<string, number>[] = [];
  let start = 0;
  let last: { readonly name: string; readonly start: number } | null = null;
  for (const piece of lex(text)) {
    const at = start;
    start += piece.text.length;
    if (piece.kind === 'space' || piece.kind === 'comment') continue;
    if (piece.kind === 'string') {
      last = { name: JSON5.parse<string>(piece.text), start: at };
      continue;
    }
    if (piece.text === '{' || piece.text === '[') open.push(new Map());
    else if (piece.text === '}' || piece.text === ']') open.pop();
    else if (piece.text === ':' && last !== null) {
      const first = open.at(-1)?.get(last.name);
      if (first !== undefined)
        return {
          name: last.name,
          first: placeOf(text, first),
          second: placeOf(text, last.start),
        };
      open.at(-1)?.set(last.name, last.start);
    } else last = { name: piece.text, start: at };
  }
  return null;
}
