import { indexMessages, type MessageIndex, type Messages } from './message-index.js';
import { cutsOf, rejoined, type Cut } from './separators.js';
import { valuesOf, type Template } from './template.js';

/** English text in, the same in the language of who reads out; a text that it does not know comes back as it is. */
export type Say = (text: string) => string;

/** Tries of one text, parts of its parts included: what would take longer stays English. */
const MOST_TRIES = 20_000;
const LONGEST = 4_000;
const DEEPEST = 8;

interface Work {
  readonly index: MessageIndex;
  /** What became of a part, so that none is looked at twice. */
  readonly known: Map<string, string | null>;
  readonly loose: Map<string, string>;
  left: number;
}

/**
 * Translates line by line. A line is an entry of the catalogue, or sentences, labels and lists of entries; values in it are
 * translated where they are entries, and else stay. A sentence is translated whole or not at all: where a value of it is
 * English that the catalogue does not know, the sentence stays English. Takes time in proportion to the text.
 */
export function createSay(messages: Messages): Say {
  const index = indexMessages(messages);
  return (text) =>
    text
      .split('\n')
      .map((line) => (isForeign(line) ? line : translateLine(index, line)))
      .join('\n');
}

const COLOUR = /(\u001b\[[0-9;]*m)/u;

/** A line of a diff shows what stands in a file. */
const isForeign = (line: string): boolean => /^(?:\u001b\[[0-9;]*m)*(?:\+|@@ |-(?!- ))/u.test(line);

function translateLine(index: MessageIndex, line: string): string {
  if (line.length > LONGEST || !/[a-z]{2}/iu.test(line)) return line;
  const work = {
    index,
    known: new Map<string, string | null>(),
    loose: new Map<string, string>(),
    left: MOST_TRIES,
  };
  return loosely(line, work, 0);
}

/** A line: part by part, where it is not known as a whole; parts that are not known stay. */
function loosely(text: string, work: Work, depth: number): string {
  const before = work.loose.get(text);
  if (before !== undefined) return before;
  work.loose.set(text, text);
  const said =
    labelSaid(text, work) ?? translated(text, work, depth) ?? inParts(text, work, depth + 1);
  work.loose.set(text, said);
  return said;
}

function inParts(text: string, work: Work, depth: number): string {
  if (depth > DEEPEST || work.left < 0) return text;
  const spans = text.split(COLOUR);
  if (spans.length > 1)
    return spans.map((span) => (COLOUR.test(span) ? span : loosely(span, work, depth))).join('');
  const kinds = cutsOf(text);
  const known = (part: string) =>
    labelSaid(part, work) !== null || translated(part, work, depth) !== null;
  for (const cuts of kinds) {
    const cut = cuts.findLast(({ left }) => known(left)) ?? cuts.find(({ right }) => known(right));
    if (cut !== undefined) return rejoined(cut, bothOf(cut, work, depth));
  }
  for (const cut of kinds.flat()) {
    const said = bothOf(cut, work, depth);
    if (said[0] !== cut.left || said[1] !== cut.right) return rejoined(cut, said);
  }
  return text;
}

const bothOf = ({ left, right }: Cut, work: Work, depth: number): [string, string] => [
  loosely(left, work, depth),
  loosely(right, work, depth),
];

/** All of it, or null. */
function translated(text: string, work: Work, depth: number): string | null {
  const known = work.known.get(text);
  if (known !== undefined) return known;
  work.known.set(text, null);
  const result = lookUp(text, work, depth);
  work.known.set(text, result);
  return result;
}

/** A word alone: only where it is a label, since elsewhere it may be somebody's name. */
function labelSaid(text: string, { index }: Work): string | null {
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
  return bare === null ? null : `${before}${bare}${ending ?? ''}${after}`;
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
    const exact = work.index.exact.get(form);
    if (exact !== undefined) return exact;
  }
  for (const template of work.index.candidates(text)) {
    for (const form of [text, turned(text)]) {
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
    if (values === null) return null;
    const said = values.map((value, at) => {
      const isLabel = (at === 0 && template.literals[0] === '') || value.startsWith('\u001b');
      const known = (isLabel ? labelSaid(value, work) : null) ?? valueSaid(value, work, depth + 1);
      return known ?? (quotes(template.literals[at] ?? '') ? value : null);
    });
    if (said.every((value) => value !== null))
      return template.translation
        .map((part) => (typeof part === 'string' ? part : (said[part] ?? '')))
        .join('');
  }
  return null;
}

/** Behind a colon and in quotes may stand what others said, in their language. */
const quotes = (before: string): boolean => /[:"“(]\s*$/u.test(before);

/** A value in a sentence: of entries, or no prose. null where it is English that is not known. */
function valueSaid(value: string, work: Work, depth: number): string | null {
  const whole = translated(value, work, depth);
  if (whole !== null) return whole;
  if (depth > DEEPEST) return isEnglish(value) ? null : value;
  for (const cuts of cutsOf(value)) {
    for (const cut of cuts.toReversed()) {
      const before =
        translated(cut.left, work, depth + 1) ?? (isEnglish(cut.left) ? null : cut.left);
      const after = before === null ? null : valueSaid(cut.right, work, depth + 1);
      if (before !== null && after !== null && (before !== cut.left || after !== cut.right))
        return rejoined(cut, [before, after]);
    }
  }
  return isEnglish(value) ? null : value;
}

const QUOTED = /`[^`]*`|"[^"]*"|'[^']*'/gu;
const THREE_WORDS = /(?:^|[\s(])[a-z]{2,}[,:;]? [a-z]+[,:;]? [a-z]{2,}/u;

/** Whether three words of prose stand in it, one behind the other. */
export const isEnglish = (text: string): boolean => THREE_WORDS.test(text.replace(QUOTED, '`'));
