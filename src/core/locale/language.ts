import { showsUnicode } from '../text/ascii.js';

/** What dockerctl can speak; a code of BCP 47. */
export type Language = 'en' | 'zh-CN';

export const LANGUAGES: readonly Language[] = ['en', 'zh-CN'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language of who reads: `--lang` of the command line, else what gettext would take (its manual, "Locale Environment
 * Variables"): the first of LC_ALL, LC_MESSAGES and LANG that is set names the locale; unless that is C or POSIX, LANGUAGE is a
 * list that goes before it. What is not Simplified Chinese in UTF-8 is English. `argv`: without node and script.
 */
export function languageOf(argv: readonly string[], env: Environment): Language {
  const named = optionOf(argv);
  if (named !== null) return languageNamed(named) ?? 'en';
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((one) => (one ?? '') !== '') ?? 'C';
  // What is written is UTF-8: in any other character set Chinese could not be read.
  if (/^(?:C|POSIX)(?:\.|$)/u.test(locale) || !showsUnicode(env)) return 'en';
  const list = (env.LANGUAGE ?? '').split(':').filter((one) => one !== '');
  const known = [...list, locale].map(languageNamed).find((one) => one !== null);
  return known ?? 'en';
}

/** `zh_CN.UTF-8`, `zh-Hans`, `zh_SG`, `zh`; null for a language that dockerctl does not speak, `zh_TW` too. */
function languageNamed(locale: string): Language | null {
  const name = (locale.split(/[.@]/u)[0] ?? '').replaceAll('_', '-').toLowerCase();
  if (/^en(?:-|$)/u.test(name)) return 'en';
  return /^zh(?:-(?:cn|sg|my|hans(?:-[a-z]{2})?))?$/u.test(name) ? 'zh-CN' : null;
}

function optionOf(argv: readonly string[]): string | null {
  const at = placeOf(argv);
  const word = argv[at];
  if (word === undefined) return null;
  return word === OPTION ? (argv[at + 1] ?? '') : word.slice(OPTION.length + 1);
}

/**
 * The command line without `--lang`, which is no part of what is done: it stands in no history. With a value that is none of
 * ours it stays, to be refused.
 */
export function withoutLanguage(argv: readonly string[]): readonly string[] {
  const named = optionOf(argv);
  if (!LANGUAGES.some((language) => language === named)) return argv;
  const at = placeOf(argv);
  const rest = argv.toSpliced(at, argv[at] === OPTION ? 2 : 1);
  return withoutLanguage(rest);
}

const OPTION = '--lang';

/** Of its last mention, which counts; -1 where there is none before `--`. */
function placeOf(argv: readonly string[]): number {
  const end = argv.indexOf('--');
  return argv.findLastIndex(
    (word, index) =>
      (end === -1 || index < end) && (word === OPTION || word.startsWith(`${OPTION}=`)),
  );
}
