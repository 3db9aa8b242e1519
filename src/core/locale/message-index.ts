import { templatesOf, type Template } from './template.js';

/** English with its translation: templates/messages.zh-CN.json. */
export interface Messages {
  /** Labels and words of state. */
  readonly words: Readonly<Record<string, string>>;
  /** A word with a value beside it, which the source puts together; a value at the beginning is a number. */
  readonly patterns: Readonly<Record<string, string>>;
  /** What the source writes in one piece (build/messages/extract.mjs). */
  readonly sentences: Readonly<Record<string, string>>;
}

export interface MessageIndex {
  /** The translation of a label or word, as it stands. */
  readonly words: Messages['words'];
  /** The translation of a text that is an entry without values. */
  readonly exact: ReadonlyMap<string, string>;
  /** The templates that could fit a text, those first that have most text of their own. */
  readonly candidates: (text: string) => readonly Template[];
}

const WORD = /[A-Za-z]{2,}/gu;

/** Each template stands under that word of its own which fewest others have. */
export function indexMessages({ words, patterns, sentences }: Messages): MessageIndex {
  const exact = new Map<string, string>();
  const templates: Template[] = [];
  for (const [key, translation] of Object.entries({ ...patterns, ...sentences })) {
    const counts = key.startsWith('{0}') && Object.hasOwn(patterns, key);
    for (const template of templatesOf(key, translation, counts)) {
      if (template.literals.length > 1) templates.push(template);
      else
        for (const [text, said] of formsOf(template.literals[0] ?? '', translation))
          exact.set(text, said);
    }
  }
  const own = templates.map(wordsOf);
  const counts = new Map<string, number>();
  for (const word of own.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const byWord = new Map<string, Template[]>();
  templates.forEach((template, at) => {
    let rarest: string | null = null;
    for (const word of own[at] ?? [])
      if (rarest === null || (counts.get(word) ?? 0) < (counts.get(rarest) ?? 0)) rarest = word;
    // What has no word of its own fits anything.
    if (rarest === null) return;
    const others = byWord.get(rarest);
    if (others === undefined) byWord.set(rarest, [template]);
    else others.push(template);
  });
  return {
    words,
    exact,
    candidates: (text) =>
      [...new Set(text.match(WORD) ?? [])]
        .flatMap((word) => byWord.get(word.toLowerCase()) ?? [])
        .toSorted((a, b) => b.weight - a.weight),
  };
}

/** As it is; and without the sign before it, or the brackets around it, where a text is taken apart there. */
function formsOf(key: string, said: string): (readonly [string, string])[] {
  const bare = /^(?:[,;:] ?|\()(.*?)\)?$/su.exec(key)?.[1];
  const whole = [key, said] as const;
  if (bare === undefined) return [whole];
  return [whole, [bare, said.replace(/^[，；：（]/u, '').replace(/）$/u, '')]];
}

const WHOLE_WORD = /(?<![A-Za-z_])[A-Za-z]{2,}(?![A-Za-z_])/gu;

/** Whole words: one that touches a value may go on in it. */
const wordsOf = ({ literals }: Template): string[] =>
  literals.join('_').toLowerCase().match(WHOLE_WORD) ?? [];
