import type { OptionSpec } from '../commands/command.js';
import { nearest } from '../core/nearest.js';
import { DockerctlError } from '../errors.js';

/** `name`: of the command. */
export const usage = (
  name: string,
  message: string,
  hint = `dockerctl ${name} --help`,
): DockerctlError => new DockerctlError({ code: 'usage', message: `${name}: ${message}.`, hint });

/** What yargs complains of (its locales/en.json), in the words of who typed it. */
export function usageByYargs(
  name: string,
  complaint: string,
  specs: Readonly<Record<string, OptionSpec>>,
): DockerctlError {
  const [, stranger] = /^Unknown arguments?: ([^\s,]+)/u.exec(complaint) ?? [];
  if (stranger !== undefined) {
    const meant = nearest(stranger, Object.keys(specs));
    return usage(name, `${dashed(stranger)} is not an option`, meant && `--${meant}`);
  }
  const reworded = REWORDED.map(([pattern, words]) => complaint.replace(pattern, words));
  return usage(name, reworded.find((words) => words !== complaint) ?? complaint);
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
