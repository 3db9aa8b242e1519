const NAMED: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '→': '->',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
  '·': '.',
  '│': '|',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
};

/** The text for a terminal that shows ASCII alone: what has a near form gets it, all else is `?`. */
export function asciiOnly(text: string): string {
  return text.replace(/[^\u0000-\u007f]/gu, (character) => NAMED[character] ?? '?');
}

/** Whether a terminal shows more, as the locale says it: the first of these three that is set (POSIX, locale). */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => (value ?? '') !== '') ?? '';
  return /utf-?8/iu.test(locale);
}
