import { NOUNS, SINGLE_COMMANDS } from './catalogue.js';
import { helpOfGroup } from './parser.js';

/** `dockerctl --help`, or the help of a noun. */
export async function helpText(noun: string | null): Promise<string> {
  if (noun === null) {
    return helpOfGroup('dockerctl', {
      intro: "Owns a Docker host's daemon configuration and its registry trust.",
      rows: {
        ...summaries({ ...SINGLE_COMMANDS, ...NOUNS }),
        completion: 'the completion script of bash, zsh or fish',
      },
    });
  }
  const { summary, verbs } = NOUNS[noun] ?? { summary: '', verbs: {} };
  const loaded = await Promise.all(
    Object.entries(verbs).map(async ([verb, load]) => [verb, (await load()).command] as const),
  );
  return helpOfGroup(`dockerctl ${noun}`, {
    intro: summary,
    rows: summaries(Object.fromEntries(loaded)),
  });
}

function summaries(
  table: Readonly<Record<string, { readonly summary: string }>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([word, { summary }]) => [word, summary]));
}
