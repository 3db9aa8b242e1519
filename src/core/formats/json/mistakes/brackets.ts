import type { Correction } from './correction.js';
import { lex } from '../syntax/lex.js';

/** The braces that the whole lacks: both, the first alone, or, where they do not match, nobody knows. */
export function lackingBraces(text: string): 'both' | 'first' | null {
  const { depth, unmatched } = depthOf(text);
  if (depth !== 0) return null;
  if (unmatched === 0) return 'both';
  return unmatched === 1 && text.trimEnd().endsWith('}') ? 'first' : null;
}

/** How many brackets are open at the end, and how many close what was never opened. */
function depthOf(text: string): { readonly depth: number; readonly unmatched: number } {
  let depth = 0;
  let unmatched = 0;
  for (const { kind, text: mark } of lex(text)) {
    if (kind !== 'mark') continue;
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') {
      if (depth === 0) unmatched += 1;
      else depth -= 1;
    }
  }
  return { depth, unmatched };
}

/** With the braces that it lacks, those that are not there at the very ends, no line more than before. */
export function braced(text: string): string | null {
  const lacking = lackingBraces(text);
  if (lacking === null) return null;
  const start = /^\ufeff?/.exec(text)?.[0].length ?? 0;
  const end = text.trimEnd().length;
  const last = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  // Words may follow the settings, which are taken for a comment.
  const isSetting = /^[\s\]},]*$/.test(last) || (last.includes('"') && !last.includes('//'));
  const close = lacking === 'both' ? `${isSetting ? '' : '\n'}}` : '';
  return `${text.slice(0, start)}{${text.slice(start, end)}${close}${text.slice(end)}`;
}

/** A } that ends the configuration before the setting at `at`: a comma takes its place, and it goes to the end unless one stands there. */
export function closedLater(text: string, at: number): readonly Correction[] {
  const close = text.lastIndexOf('}', at - 1);
  if (close === -1 || !/^[\s,]*$/.test(text.slice(close + 1, at))) return [];
  const rest = text.slice(close + 1);
  const { depth, unmatched } = depthOf(rest);
  if (depth !== 0 || unmatched > 1 || (unmatched === 1 && !rest.trimEnd().endsWith('}'))) return [];
  const comma = /^\s*,/.exec(rest)?.[0].length ?? 0;
  const joint = jointOf(text, close, close + 1 + comma);
  const grown = joint.inserted.length - joint.removed;
  const end = { at: text.trimEnd().length + grown, removed: 0, inserted: '\n}' };
  return unmatched === 1 ? [joint] : [joint, end];
}

/** Two objects as one, where no key of the second stands in the first: none else, for which of the two holds is its author's choice. */
export function joinedObjects(text: string, at: number): readonly Correction[] {
  const open = text.indexOf('{', at);
  const close = closeBefore(text, open);
  if (open === -1 || close === -1) return [];
  const first = keysOf(text.slice(0, close));
  if ([...keysOf(text.slice(open))].some((key) => first.has(key))) return [];
  const between = text.slice(close + 1, open);
  if (/^[\s,]*$/.test(between)) return [jointOf(text, close, open + 1)];
  const joint = jointOf(text, close, close + 1 + (/^\s*,/.exec(between)?.[0].length ?? 0));
  const moved = joint.inserted.length - joint.removed;
  return [joint, { at: open + moved, removed: 1, inserted: ' ' }];
}

/** Where the last bracket before `open` stands that no comment holds. */
function closeBefore(text: string, open: number): number {
  let at = 0;
  let close = -1;
  for (const { kind, text: piece } of lex(text.slice(0, Math.max(open, 0)))) {
    if (piece === '}' && kind === 'mark') close = at;
    at += piece.length;
  }
  return close;
}

/** A } that is missing at the end, not of an object inside: the last of a line of its own closes what was opened last. */
export function lacksLastAlone(text: string): boolean {
  const whole = text.trimEnd();
  const last = whole.slice(whole.lastIndexOf('\n') + 1);
  return !/^\}$/.test(last);
}

/** A comma behind the last setting before `close`, in place of all up to `end`. */
function jointOf(text: string, close: number, end: number): Correction {
  const at = text.slice(0, close).trimEnd().length;
  const isBare = ['{', ',', ''].includes(text.charAt(at - 1));
  return { at, removed: end - at, inserted: isBare ? '' : ',' };
}

/** The keys of the outermost object. */
function keysOf(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  let depth = 0;
  let last = '';
  for (const { kind, text: piece } of lex(text)) {
    if (kind === 'string' || kind === 'word') last = piece;
    if (kind !== 'mark') continue;
    if (piece === '{' || piece === '[') depth += 1;
    if (piece === '}' || piece === ']') depth -= 1;
    if (piece === ':' && depth === 1) keys.add(last);
  }
  return keys;
}

/** A list that is still open where a key stands at `at`. */
export function closedList(text: string, at: number): Correction | null {
  const comma = text.lastIndexOf(',', at);
  return comma === -1 || text.slice(comma + 1, at).trim() !== ''
    ? null
    : { at: comma, removed: 0, inserted: ']' };
}

/** The object or list at `at`, which has no key, with the comma that joins it; null where it is not closed. */
export function withoutKey(
  text: string,
  at: number,
): { readonly start: number; readonly end: number } | null {
  const end = closeOf(text, at);
  if (end === -1) return null;
  const before = text.slice(0, at).trimEnd();
  if (before.endsWith(',')) return { start: before.length - 1, end };
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  return { start: at, end: end + comma };
}

/** Behind the bracket that closes the one at `at`; -1 where none does. */
function closeOf(text: string, at: number): number {
  let depth = 0;
  let end = at;
  for (const { kind, text: piece } of lex(text.slice(at))) {
    end += piece.length;
    if (kind !== 'mark') continue;
    if (piece === '{' || piece === '[') depth += 1;
    if (piece === '}' || piece === ']') depth -= 1;
    if (depth === 0) return end;
  }
  return -1;
}

/** A text from the quote at `at` that begins as a key does and goes on to its value: the quote behind its name, which ends at `end`, is missing. */
export function unclosedKey(
  text: string,
  at: number,
): { readonly name: string; readonly end: number } | null {
  KEY.lastIndex = at;
  const name = at === -1 ? undefined : KEY.exec(text)?.[1];
  return name === undefined ? null : { name, end: at + 1 + name.length };
}

const KEY = /"([\w-]+)[ \t]*:[ \t]*(?:[[{"]|(?:true|false|null|-?\d+)[ \t]*,?[ \t]*(?:[\r\n]|$))/y;
