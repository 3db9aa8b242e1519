import type { OptionSpec } from '../app/context/command.js';
import { nearest } from '../core/text/suggest.js';
import { shellWord } from '../core/text/shell-word.js';
import { DockerctlError } from '../errors.js';

/** `name`: of the command. */
export const usage = (
  name: string,
  message: string,
  hint = `dockerctl ${name} --help`,
): DockerctlError => new DockerctlError({ code: 'usage', message: `${name}: ${message}.`, hint });

/** What stands on the command line, and what could. */
interface Typed {
  readonly specs: Readonly<Record<string, OptionSpec>>;
  readonly words: readonly string[];
}

/** What yargs complains of (its locales/en.json), in the words of who typed it. */
export function usageByYargs(
  name: string,
  complaint: string,
  { specs, words }: Typed,
): DockerctlError {
  const [, hungry = ''] = /^Not enough arguments following: (\S+)$/u.exec(complaint) ?? [];
  const dash = dashedValue(hungry, { specs, words });
  if (dash !== null)
    return usage(
      name,
      `--${hungry} needs a value, and one that begins with a hyphen is written after =`,
      `--${hungry}=${shellWord(dash)}`,
    );
  const [, stranger] = /^Unknown arguments?: ([^\s,]+)/u.exec(complaint) ?? [];
  if (stranger !== undefined) {
    const meant = nearest(stranger, Object.keys(specs));
    return usage(name, `${dashed(stranger)} is not an option`, meant && `--${meant}`);
  }
  const reworded = REWORDED.map(([pattern, words]) => complaint.replace(pattern, words));
  return usage(name, reworded.find((words) => words !== complaint) ?? complaint);
}

/** The word after an option that is no option of ours, and so was meant for its value; null where there is none. */
function dashedValue(option: string, { specs, words }: Typed): string | null {
  const next = words[words.indexOf(`--${option}`) + 1];
  if (!words.includes(`--${option}`) || next === undefined || !/^--?\w/u.test(next)) return null;
  const bare = next.replace(/^--?/u, '').replace(/=.*$/su, '');
  const ours = Object.entries(specs).some(([name, { alias }]) => name === bare || alias === bare);
  return ours ? null : next;
}

const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^Not enough arguments following: (\S+)$/u, '--$1 needs a value'],
  [/^Missing required arguments?: ([^\s,]+).*$/su, '--$1 is missing'],
  [
    /^Invalid values:\s+Argument: (\S+), Given: (.*?), Choices: ([^\n]*).*$/su,
    '--$1 takes one of $3, not $2',
  ],
];

const dashed = (option: string): string => (option.length === 1 ? '-' : '--') + option;
