/** A sentence of the catalogue with what it is in the other language; `{0}` stands for a value in both. */
export interface Template {
  /** What stands before, between and behind the values; one text more than there are values. */
  readonly literals: readonly string[];
  /** Texts, and numbers of values. */
  readonly translation: readonly (string | number)[];
  /** How many characters of text it has: the more, the surer it is. */
  readonly weight: number;
  /** Of each value: a command in backquotes stands there, and stays. */
  readonly isTyped: readonly boolean[];
  /** Its first value is a number and nothing else. */
  readonly counts: boolean;
}

/**
 * The templates of one entry: `{0} {thing is|things are} adrift` is two, one for each form of number.
 * Neither has a value twice in the key; the translation may have it anywhere.
 */
export function templatesOf(key: string, translation: string, counts = false): Template[] {
  const [before, forms, after] = firstChoice(key);
  if (forms !== null)
    return forms.flatMap((form) => templatesOf(before + form + after, translation, counts));
  const parts = key.split(PLACES);
  const literals = parts.filter((_, at) => at % 2 === 0);
  const places = parts.filter((_, at) => at % 2 === 1);
  return [
    {
      literals,
      isTyped: places.map((place) => place.startsWith('`')),
      translation: translation
        .split(PLACES)
        .map((part, at) => (at % 2 === 0 ? part : places.indexOf(part)))
        .filter((part) => part !== -1),
      counts,
      weight: literals.reduce((sum, { length }) => sum + length, 0),
    },
  ];
}

/** A value; or a command in backquotes, which is a value, too: it may be told with `--root` or `--pki` where that was given. */
const PLACES = /(`[^`]*`|\{\d+\})/u;

function firstChoice(key: string): readonly [string, readonly string[] | null, string] {
  const match = /\{([^{}|]*(?:\|[^{}|]*)+)\}/u.exec(key);
  if (match === null) return [key, null, ''];
  const end = match.index + match[0].length;
  return [key.slice(0, match.index), (match[1] ?? '').split('|'), key.slice(end)];
}

/**
 * The values of a text that the template fits, in the order of the key; null where it does not fit. Of values side by side the first
 * one has it all. `from` says which end of the text its inner texts are looked for from: both are right, and differ where a value
 * holds what stands between values. Linear.
 */
export function valuesOf(
  { literals, counts }: Template,
  text: string,
  from: 'start' | 'end',
): string[] | null {
  const [first = '', last = ''] = [literals[0], literals.at(-1)];
  if (text.length < first.length + last.length) return null;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const inner = literals.slice(1, -1);
  const within = text.slice(first.length, text.length - last.length);
  const parted = inner.filter((literal) => literal !== '');
  const values = from === 'start' ? fromStart(within, parted) : fromEnd(within, parted);
  if (values === null || (counts && !/^\d+$/u.test(values[0] ?? ''))) return null;
  const [whole = '', ...others] = values;
  return [whole, ...inner.map((literal) => (literal === '' ? '' : (others.shift() ?? '')))];
}

function fromStart(text: string, between: readonly string[]): string[] | null {
  const values: string[] = [];
  let at = 0;
  for (const literal of between) {
    const found = text.indexOf(literal, at);
    if (found === -1) return null;
    values.push(text.slice(at, found));
    at = found + literal.length;
  }
  return [...values, text.slice(at)];
}

function fromEnd(text: string, between: readonly string[]): string[] | null {
  const values: string[] = [];
  let end = text.length;
  for (const literal of between.toReversed()) {
    const found = text.lastIndexOf(literal, end - literal.length);
    if (found === -1 || end < literal.length) return null;
    values.push(text.slice(found + literal.length, end));
    end = found;
  }
  return [...values, text.slice(0, end)].reverse();
}
