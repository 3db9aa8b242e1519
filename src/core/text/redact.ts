import { redactAddress, redactUrls } from './redact-urls.js';
import { secrecyAt, secrecyOf, type Secrecy } from './secret-names.js';

/**
 * A text as it may be printed, logged and kept: without user and password of every URL and of every host:port, and
 * without the value of every option that is a secret, `"splunk-token": "…"` and `splunk-token=…`. Takes time in
 * proportion to the text, whatever is in it. What is masked already stays.
 */
export function redactText(text: string): string {
  return redactUrls(redactAssignments(text));
}

/** As `redactValue`, for a value that stands at this path of an object. */
export function redactAt<Value>(path: readonly (string | number)[], value: Value): Value {
  return redacted(value, secrecyAt(path)) as Value;
}

/** A message about the value at this path: what it quotes of the value is hidden, names on the path are not. */
export function redactQuoted(path: readonly (string | number)[], message: string): string {
  const secrecy = secrecyAt(path);
  if (secrecy === null) return message;
  return message.replace(/"([^"]*)"/g, (all, quoted: string) =>
    path.includes(quoted) ? all : `"${hide(quoted, secrecy)}"`,
  );
}

/** The words of a command line: an option that is a secret hides what follows it. */
export function redactWords(words: readonly string[]): string[] {
  let before: Secrecy | null = null;
  return words.map((word) => {
    const shown = hide(word, before);
    before = before === 'whole' ? before : secrecyOf(word);
    return shown;
  });
}

/** `redactText` in every text of a JSON value; what stands under the name of a secret is hidden whole. */
export function redactValue<Value>(value: Value): Value {
  return redacted(value, null) as Value;
}

function redacted(value: unknown, secrecy: Secrecy | null): unknown {
  if (typeof value === 'string') return hide(value, secrecy);
  if (typeof value === 'number' && secrecy === 'whole') return HIDDEN;
  if (Array.isArray(value)) return value.map((one) => redacted(one, secrecy));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value);
  const beside = subjectOf(value);
  return Object.fromEntries(
    entries.map(([name, one]) => {
      const own = 'size' in value && name === 'secret' ? null : secrecyOf(name);
      return [name, redacted(one, secrecy ?? own ?? (VALUES.has(name) ? beside : null))];
    }),
  );
}

/** `{ key: 'log-opts.splunk-token', value: … }`: what the value is, another member says. */
function subjectOf(value: object): Secrecy | null {
  const { key, subject } = value as { readonly key?: unknown; readonly subject?: unknown };
  return [key, subject].reduce<Secrecy | null>(
    (found, name) => found ?? (typeof name === 'string' ? secrecyOf(name) : null),
    null,
  );
}

const VALUES: ReadonlySet<string> = new Set(
  'value text before after from to old new wanted declared observed'.split(' '),
);

/** Of others, JSON.stringify makes what their toJSON says. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !('toJSON' in value);

const HIDDEN = '…';

function hide(value: string, secrecy: Secrecy | null): string {
  if (secrecy === 'whole') return value === '' ? value : HIDDEN;
  return redactText(secrecy === 'address' ? redactAddress(value) : value);
}

/** What every name of a secret has in it. */
const HINT = /token|secret|passw|passphrase|credential|apikey|auth|dsn|key|sumo-url|proxy/gi;
/** Of a name, one side of a hit. */
const REACH = 128;
const PART_OF_NAME = /[\w.-]/;

function redactAssignments(text: string): string {
  let [done, shown] = [0, ''];
  HINT.lastIndex = 0;
  for (let hit = HINT.exec(text); hit !== null; hit = HINT.exec(text)) {
    const end = nameEnd(text, HINT.lastIndex);
    const start = nameStart(text, Math.max(hit.index, done), done);
    HINT.lastIndex = end;
    const secrecy = secrecyOf(text.slice(start, end));
    const value = secrecy === null ? null : valueAfter(text, start, end);
    if (value === null) continue;
    const [from, to] = value;
    const whole = text.slice(from, to);
    const covered = secrecy === 'address' ? redactAddress(whole) : whole === '' ? '' : HIDDEN;
    shown += text.slice(done, from) + covered;
    done = to;
    HINT.lastIndex = to;
  }
  return shown + text.slice(done);
}

function nameEnd(text: string, from: number): number {
  let end = from;
  while (end - from < REACH && PART_OF_NAME.test(text.charAt(end))) end += 1;
  return end;
}

function nameStart(text: string, from: number, least: number): number {
  let start = from;
  while (start > least && from - start < REACH && PART_OF_NAME.test(text.charAt(start - 1)))
    start -= 1;
  return start;
}

/**
 * The quote that closes a name, in a text within a text with its backslashes; a line break of a diff on either side of the colon. TOML
 * has blanks around its =, and quotes.
 */
const ASSIGNED =
  /(\\{0,8}["'`])?(?:[ \t]{0,99}(?:\r?\n[+ -]?[ \t]{0,99})?:[ \t]{0,99}(?:\r?\n[+ -]?[ \t]{0,99})?|[ \t]{0,99}=[ \t]{1,99}(?=["'[{])|=)(\\{0,8}["'`]|[[{]|)/y;

/** Where the value of a name stands that ends at `end`; null where none follows. */
function valueAfter(text: string, start: number, end: number): readonly [number, number] | null {
  ASSIGNED.lastIndex = end;
  const match = ASSIGNED.exec(text);
  if (match === null) return null;
  const [all, closing, opening = ''] = match;
  const from = end + all.length;
  if (opening === '[' || opening === '{')
    return [from, endAt(text, from, opening === '[' ? ']' : '}')];
  if (opening !== '') return [from, endOfQuoted(text, from, opening)];
  if (!text.startsWith('=', end))
    return closing === undefined ? yamlWord(text, start, from) : [from, bareEnd(text, from)];
  const before = text.charAt(start - 1);
  return [from, /["'`]/.test(before) ? endOfQuoted(text, from, before) : bareEnd(text, from)];
}

/** `password: abc` of YAML, a line of its own; several words are a sentence. */
function yamlWord(text: string, start: number, from: number): readonly [number, number] | null {
  if (!/[ \t]/.test(text.charAt(from - 1)) || !beginsLine(text, start)) return null;
  WORD_OF_LINE.lastIndex = from;
  const word = WORD_OF_LINE.exec(text)?.[1];
  return word === undefined || text.slice(start, from).includes('\n')
    ? null
    : [from, from + word.length];
}

const WORD_OF_LINE = /(\S+)(?:[ \t]{1,99}#|[ \t]{0,99}(?:[\r\n]|$))/y;

/** Behind the sign of a diff, the dash of a list or blanks alone. */
function beginsLine(text: string, start: number): boolean {
  for (let at = start; start - at <= REACH; at -= 1) {
    const character = text.charAt(at - 1);
    if (at === 0 || character === '\n') return true;
    if (!' \t+-'.includes(character)) return false;
  }
  return false;
}

/** Before the same quote with as many backslashes; without one, before the end of the line. */
function endOfQuoted(text: string, from: number, quote: string): number {
  const mark = quote.slice(-1);
  let backslashes = 0;
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\n') return at;
    if (character === mark && isClosing(backslashes, quote.length - 1))
      return at - (quote.length - 1);
    backslashes = character === '\\' ? backslashes + 1 : 0;
  }
  return text.length;
}

/** `\"` inside of `"…"` closes nothing, nor does `\\\"` inside of `\"…\"`. */
const isClosing = (found: number, own: number): boolean =>
  own === 0 ? found % 2 === 0 : found === own;

function endAt(text: string, from: number, mark: string): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end;
}

const BARE_END = /[\s"'`,}\]]/g;

function bareEnd(text: string, from: number): number {
  BARE_END.lastIndex = from;
  return BARE_END.exec(text)?.index ?? text.length;
}
