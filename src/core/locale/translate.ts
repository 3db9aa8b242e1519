import { indexMessages, type MessageIndex, type Messages } from './message-index.js';
import { cutsOf, rejoined, type Cut } from './separators.js';
import { DEEPEST, labelSaid, translated, valueSaid, type Work } from './sentence.js';

/** English text in, the same in the language of who reads out; a text that it does not know comes back as it is. */
export type Say = (text: string) => string;

/** Tries of one text, parts of its parts included: what would take longer stays English. */
const MOST_TRIES = 20_000;
const LONGEST = 4_000;

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
const isForeign = (line: string): boolean =>
  /^(?:\u001b\[[0-9;]*m)*(?:\+|@@ |-(?!-[ a-z]))/u.test(line);

function translateLine(index: MessageIndex, line: string): string {
  if (line.length > LONGEST || !/[a-z]{2}/iu.test(line)) return line;
  const work = {
    index,
    known: new Map<string, string | null>(),
    values: new Map<string, string | null>(),
    loose: new Map<string, string>(),
    left: MOST_TRIES,
  };
  const [head, label, rest, code] = findingParts(line);
  const said = label === '' ? null : labelSaid(label, work);
  const mark = label === '' ? '' : said === null ? `${label}: ` : `${said}：`;
  return head + mark + coloured(rest, work) + code;
}

/**
 * A line with colours in it: by its parts, or, where that leaves more English, as a whole without its colours, which are then put back
 * around what they were around.
 */
function coloured(text: string, work: Work): string {
  const byParts = loosely(text, work, 0);
  if (!COLOUR.test(text)) return byParts;
  const whole = loosely(
    text
      .split(COLOUR)
      .filter((_, at) => at % 2 === 0)
      .join(''),
    work,
    0,
  );
  const again = recoloured(text, whole, work);
  const less = englishWords(byParts.replace(COLOURS, '')) - englishWords(whole);
  const keepsColours = again.split('\u001b').length === text.split('\u001b').length;
  return less > 0 || (less === 0 && keepsColours) ? again : byParts;
}

const COLOURS = /\u001b\[[0-9;]*m/gu;
const SPAN = /((?:\u001b\[[0-9;]*m)+)([^\u001b]+)((?:\u001b\[[0-9;]*m)+)/gu;

const englishWords = (text: string): number => text.match(/[a-z]{2,}/gu)?.length ?? 0;

function recoloured(text: string, said: string, work: Work): string {
  let done = '';
  let left = said;
  for (const [, open = '', word = '', close = ''] of text.matchAll(SPAN)) {
    const shown = [labelSaid(word, work), translated(word, work, 0), word].find(
      (form) => form !== null && said.split(form).length === 2 && left.includes(form),
    );
    if (typeof shown !== 'string') continue;
    const at = left.indexOf(shown);
    done += left.slice(0, at) + open + shown + close;
    left = left.slice(at + shown.length);
  }
  return done + left;
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
    const said = cut === undefined ? null : bothOf(cut, work, depth);
    if (cut !== undefined && said !== null && (said[0] !== cut.left || said[1] !== cut.right))
      return rejoined(cut, said);
  }
  for (const cut of kinds.flat()) {
    const said = bothOf(cut, work, depth);
    if (said[0] !== cut.left || said[1] !== cut.right) return rejoined(cut, said);
  }
  return text;
}

/** Of a list and of clauses all is translated or nothing; what stands beside a label or a sentence may stay. */
function bothOf({ left, right, kind }: Cut, work: Work, depth: number): [string, string] {
  const whole = kind === 'semicolon' || kind === 'comma' || kind === 'and' || kind === 'or';
  if (!whole) return [loosely(left, work, depth), loosely(right, work, depth)];
  const [before, after] = [left, right].map((part) => valueSaid(part, work, depth));
  return typeof before === 'string' && typeof after === 'string' ? [before, after] : [left, right];
}
