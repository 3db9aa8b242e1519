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
  const [head, label, rest, code] = findingParts(line);
  const mark = label === '' ? '' : `${labelSaid(label, work) ?? label}: `;
  return head + mark + loosely(rest, work, 0) + code;
}

const SEVERITY =
  /(?:^|: )((?:\u001b\[[0-9;]*m)*(?:error|warning|info|Pending)(?:\u001b\[[0-9;]*m)*): /u;
const CODE = /^(?:\u001b\[[0-9;]*m)*\[[a-z0-9-]+\](?:\u001b\[[0-9;]*m)*$/u;

/** `/etc/a.json:3:5: `, `error`, the message, ` [its-code]`: what stands around a message is no value of it. */
function findingParts(line: string): readonly [string, string, string, string] {
  const end = line.lastIndexOf(' ');
  const coded = end !== -1 && line.length - end < LONGEST_CODE && CODE.test(line.slice(end + 1));
  const [text, code] = coded ? [line.slice(0, end), line.slice(end)] : [line, ''];
  const found = SEVERITY.exec(text);
  if (found === null) return ['', '', text, code];
  const label = found[1] ?? '';
  const at = found.index + found[0].length;
  return [text.slice(0, at - label.length - 2), label, text.slice(at), code];
}

const LONGEST_CODE = 100;

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
function labelSaid(text: string, { index }: Pick<Work, 'index'>): string | null {
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

/** A value goes over no columns, and within a sentence it does not hold another one. */
function isBeyond({ literals }: Template, value: string, at: number): boolean {
  if (/\S {2,}\S/u.test(value)) return true;
  const isInner = (at > 0 || literals[0] !== '') && at < literals.length - 2;
  const bare = value.replace(QUOTED, '`');
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
function valueSaid(value: string, work: Work, depth: number): string | null {
  const whole = translated(value, work, depth);
  if (whole !== null) return whole;
  if (depth > DEEPEST) return isEnglish(value) ? null : value;
  for (const cuts of cutsOf(value)) {
    for (const cut of cuts.toReversed()) {
      const before =
        translated(cut.left, work, depth + 1) ?? (isEnglish(cut.left) ? null : cut.left);
      const after = before === null ? null : valueSaid(cut.right, work, depth + 1);
      const isNew = before !== cut.left || after !== cut.right || /^(?:and|or)$/u.test(cut.kind);
      if (before !== null && after !== null && isNew) return rejoined(cut, [before, after]);
    }
  }
  return isEnglish(value) ? null : value;
}

const QUOTED = /`[^`]*`|"[^"]*"|'[^']*'/gu;
const THREE_WORDS = /(?:^|[\s(])[a-z]{2,} [a-z]+ [a-z]{2,}/u;

/** Whether three words of prose stand in it, one behind the other. */
export const isEnglish = (text: string): boolean => THREE_WORDS.test(text.replace(QUOTED, '`'));
