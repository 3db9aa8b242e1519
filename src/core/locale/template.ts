/** A sentence of the catalogue with what it is in the other language; `{0}` stands for a value in both. */
export interface Template {
  /** What stands before, between and behind the values; one text more than there are values. */
  readonly literals: readonly string[];
  /** Texts, and numbers of values. */
  readonly translation: readonly (string | number)[];
  /** How many characters of text it has: the more, the surer it is. */
  readonly weight: number;
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
  const literals = key.split(/\{\d+\}/u);
  return [
    {
      literals,
      translation: translation
        .split(/\{(\d+)\}/u)
        .map((part, index) => (index % 2 === 1 ? Number(part) : part)),
      counts,
      weight: literals.reduce((sum, { length }) => sum + length, 0),
    },
  ];
}

function firstChoice(key: string): readonly [string, readonly string[] | null, string] {
  const match = /\{([^{}|]*(?:\|[^{}|]*)+)\}/u.exec(key);
  if (match === null) return [key, null, ''];
  const end = match.index + match[0].length;
  return [key.slice(0, match.index), (match[1] ?? '').split('|'), key.slice(end)];
}

/**
 * The values of a text that the template fits, in the order of the key; null where it does not fit. `from` says which end of the text its
 * inner texts are looked for from: both are right, and differ where a value holds what stands between values. Linear.
 */
export function valuesOf(
  { literals, counts }: Template,
  text: string,
  from: 'start' | 'end',
): readonly string[] | null {
  const [first = '', last = ''] = [literals[0], literals.at(-1)];
  if (text.length < first.length + last.length) return null;
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const inner = literals.slice(1, -1);
  const within = text.slice(first.length, text.length - last.length);
  const values = from === 'start' ? fromStart(within, inner) : fromEnd(within, inner);
  return counts && !/^\d+$/u.test(values?.[0] ?? '') ? null : values;
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
