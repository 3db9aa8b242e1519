import type { Json } from './json-object.js';
import { afterSpace, passContainer, passText, passWord } from './pass.js';

/**
 * The items of a JSON array, each parsed when it is asked for, so that a long list need not be in memory as a whole.
 * @throws SyntaxError where the text is no array
 */
export function* listItems(text: string): Iterable<Json> {
  const open = afterSpace(text, 0);
  if (text.charAt(open) !== '[') throw new SyntaxError();
  let at = afterSpace(text, open + 1);
  if (text.charAt(at) !== ']') {
    at = open;
    do {
      const start = afterSpace(text, at + 1);
      const end = afterItem(text, start);
      yield JSON.parse(text.slice(start, end)) as Json;
      at = afterSpace(text, end);
    } while (text.charAt(at) === ',');
  }
  if (text.charAt(at) !== ']' || afterSpace(text, at + 1) !== text.length) throw new SyntaxError();
}

function afterItem(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === '{' || first === '[') return passContainer(text, at);
  return first === '"' ? passText(text, at) : passWord(text, at);
}
