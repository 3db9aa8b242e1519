import { cutsOf, rejoined } from './separators.js';
import type { MessageIndex } from './message-index.js';
import { valuesOf, type Template } from './template.js';

export const DEEPEST = 8;

/** What one line costs, and what is known of its parts. */
export interface Work {
  readonly index: MessageIndex;
  /** What became of a part, so that none is looked at twice. */
  readonly known: Map<string, string | null>;
  readonly values: Map<string, string | null>;
  readonly loose: Map<string, string>;
  left: number;
}

/** All of it, or null. */
export function translated(text: string, work: Work, depth: number): string | null {
  const known = work.known.get(text);
  if (known !== undefined) return known;
  work.known.set(text, null);
  const result = lookUp(text, work, depth);
  work.known.set(text, result);
  return result;
}

/** A word alone: only where it is a label, since elsewhere it may be somebody's name. */
export function labelSaid(text: string, { index }: Pick<Work, 'index'>): string | null {
  const [before, core, after] = edges(text);
  const [, word = '', ending = ''] = /^(\w+)(:?)$/u.exec(core) ?? [];
  const said = Object.hasOwn(index.words, word) ? index.words[word] : undefined;
  return said === undefined ? null : `${before}${said}${ENDINGS[ending] ?? ''}${after}`;
}

/** What an entry need not have at its end, and what it is in Chinese. */
const ENDINGS: Readonly<Record<string, string>> = {
  '.': '。',
  ':': '：',
  ',': '，',
  ';': '；',
  '…': '…',
};

function lookUp(text: string, work: Work, depth: number): string | null {
  const [before, core, after] = edges(text);
  const own = entry(core, work, depth);
  if (own !== null) return before + own + after;
  const ending = ENDINGS[core.slice(-1)];
  const bare = ending === undefined ? null : entry(core.slice(0, -1), work, depth);
  if (bare !== null) return `${before}${bare}${ending ?? ''}${after}`;
  // Of a sentence that ends another one the full stop is that one's.
  const whole = ending === undefined ? entry(`${core}.`, work, depth) : null;
  return whole === null ? null : before + whole.replace(/。$/u, '') + after;
}

const BEFORE = /^(?:\s|\u001b\[[0-9;]*m)*/u;
const BEHIND = /(?:\s|\u001b\[[0-9;]*m)$/u;

/** Spaces and colours at both ends, and what stands between. */
function edges(text: string): readonly [string, string, string] {
  const before = BEFORE.exec(text)?.[0] ?? '';
  let end = text.length;
  for (;;) {
    const behind = BEHIND.exec(text.slice(Math.max(before.length, end - LONGEST_COLOUR), end));
    if (behind === null) break;
    end -= behind[0].length;
  }
  return [before, text.slice(before.length, end), text.slice(end)];
}

const LONGEST_COLOUR = 16;

/** A text as an entry has it, or with the first letter small or great. */
function entry(text: string, work: Work, depth: number): string | null {
  for (const form of [text, turned(text)]) {
    const { exact } = work.index;
    const said = exact.get(form) ?? exact.get(`${form}.`)?.replace(/。$/u, '');
    if (said !== undefined) return said;
  }
  for (const template of work.index.candidates(text)) {
    // What begins with a value begins as it is.
    for (const form of template.literals[0] === '' ? [text] : [text, turned(text)]) {
      work.left -= 1;
      if (work.left < 0) return null;
      const said = filled(template, form, { work, depth });
      if (said !== null) return said;
    }
  }
  return null;
}

function turned(text: string): string {
  const first = text.charAt(0);
  const other = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase();
  return other + text.slice(1);
}

interface At {
  readonly work: Work;
  readonly depth: number;
}

function filled(template: Template, text: string, { work, depth }: At): string | null {
  if (depth > DEEPEST) return null;
  for (const from of ['start', 'end'] as const) {
    const values = valuesOf(template, text, from);
    if (values === null || values.some((value, at) => isBeyond(template, value, at))) return null;
    parted(template, values, (part) => translated(part, work, depth + 1) !== null);
    const said = values.map((value, at) => {
      if (template.isTyped[at] === true) return TYPED.test(value) ? value : null;
      const before = template.literals[at] ?? '';
      const isLabel =
        (at === 0 && before === '') || value.startsWith('\u001b') || before.endsWith('  ');
      const known = (isLabel ? labelSaid(value, work) : null) ?? valueSaid(value, work, depth + 1);
      return known ?? (quotes(before) ? value : null);
    });
    if (said.every((value) => value !== null))
      return spaced(
        template.translation.map((part) => (typeof part === 'string' ? part : (said[part] ?? ''))),
      );
  }
  return null;
}

const TYPED = /^`[^`]*`$/u;

/** A value goes over no columns and no bracket, and within a sentence it does not hold another one. */
function isBeyond({ literals }: Template, value: string, at: number): boolean {
  if (/\S {2,}\S|^ | $/u.test(value) || value.split('(').length !== value.split(')').length)
    return true;
  // The end of a sentence is none of a value.
  const isLast = literals.slice(at + 1).every((literal) => literal === '');
  if (isLast && /[^.]\.$/u.test(value)) return true;
  const isInner = (at > 0 || literals[0] !== '') && at < literals.length - 2;
  const bare = value.replace(QUOTED, '`');
  const isListed = at > 0 || literals[0] !== '' || !/^[.;,:]/u.test(literals[1] ?? '');
  if (isListed && bare.includes('; ') && !quotes(literals[at] ?? '')) return true;
  return isInner && bare.includes(': ') && TWO_WORDS.test(bare) && !quotes(literals[at] ?? '');
}

/** Of values side by side the second is the part behind that is an entry: `, for containers`, ` (default)`. */
function parted(
  { literals }: Template,
  values: string[],
  isEntry: (part: string) => boolean,
): void {
  literals.slice(1, -1).forEach((literal, at) => {
    const whole = values[at] ?? '';
    if (literal !== '') return;
    const cut = [...whole.matchAll(/[ ,;:(]+/gu)].find(({ index }) => isEntry(whole.slice(index)));
    if (cut === undefined) return;
    values.splice(at, 2, whole.slice(0, cut.index), whole.slice(cut.index));
  });
}

const TWO_WORDS = /[a-z][a-z] [a-z][a-z]/u;

/** Between Chinese and a word of another script stands a space, and none between Chinese. */
function spaced(parts: readonly string[]): string {
  return parts.reduce((before, part) => {
    if (HAN_END.test(before) && WORD_START.test(part)) return `${before} ${part}`;
    if (WORD_END.test(before) && HAN_START.test(part)) return `${before} ${part}`;
    if (HAN_END.test(before.trimEnd()) && HAN_START.test(part.trimStart()))
      return before.trimEnd() + part.trimStart();
    return before + part;
  }, '');
}

const HAN_END = /[\u4e00-\u9fff]$/u;
const HAN_START = /^[\u4e00-\u9fff]/u;
const WORD_END = /[A-Za-z0-9/]$/u;
const WORD_START = /^[A-Za-z0-9/]/u;

/** Behind a colon and in quotes may stand what others said, in their language. */
const quotes = (before: string): boolean => /[:"“(]\s*$/u.test(before);

/** A value in a sentence: of entries, or no prose. null where it is English that is not known. */
export function valueSaid(value: string, work: Work, depth: number): string | null {
  const known = work.values.get(value);
  if (known !== undefined) return known;
  work.values.set(value, isEnglish(value) ? null : value);
  const said = translated(value, work, depth) ?? listSaid(value, work, depth);
  if (said !== null) work.values.set(value, said);
  return work.values.get(value) ?? null;
}

function listSaid(value: string, work: Work, depth: number): string | null {
  if (depth > DEEPEST) return null;
  for (const cut of cutsOf(value).flatMap((cuts) => cuts.toReversed())) {
    work.left -= 1;
    if (work.left < 0) return null;
    const before = valueSaid(cut.left, work, depth + 1);
    const after = before === null ? null : valueSaid(cut.right, work, depth + 1);
    const names =
      /^(?:and|or)$/u.test(cut.kind) && !TWO_WORDS.test(value.replace(/ (?:and|or) /gu, ', '));
    const isNew = before !== cut.left || after !== cut.right || names;
    if (before !== null && after !== null && isNew) return rejoined(cut, [before, after]);
  }
  return null;
}

const QUOTED = /`[^`]*`|"[^"]*"|'[^']*'/gu;
const THREE_WORDS = /(?:^|[\s(])[a-z]{2,} [a-z]+ [a-z]{2,}/u;

/** Whether three words of prose stand in it, one behind the other. */
const isEnglish = (text: string): boolean => THREE_WORDS.test(text.replace(QUOTED, '`'));
