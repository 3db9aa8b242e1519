import createYargs, { type Argv, type Options } from 'yargs';
import { redactWords } from '../core/text/redact.js';
import { shellWord } from '../core/text/shell-word.js';
import type { ArgumentSpec, OptionSpec } from '../app/context/command.js';
import type { AnyCommand } from './catalogue.js';
import { specsOf, type OptionValue, type ParsedArgv } from './parsed.js';
import { usage, usageByYargs } from './usage.js';

/** Reads the words after the command's name. Throws `usage`. */
export function parseCommand(
  name: string,
  { command, words }: { command: AnyCommand; words: readonly string[] },
): ParsedArgv {
  const specs = specsOf(command);
  refuseEndless(name, words);
  const parsed = accepting(command)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      const complaint = message ?? error?.message ?? 'the options do not make sense';
      throw usageByYargs(name, complaint, { specs, words });
    })
    .parseSync(joined(words, specs)) as Readonly<Record<string, unknown>>;
  const args = [...listOf(parsed._), ...listOf(parsed['--'])].map(String);
  checkArguments(name, { specs: command.args, args });
  const options = Object.entries(specs).map(([key, spec]) => [key, valueOf(parsed[key], spec)]);
  const empty = Object.entries(specs).find(
    ([key, { type }]) => type === 'list' && isEmpty(parsed[key]),
  );
  if (empty !== undefined) throw usage(name, `--${empty[0]} needs a value`);
  const noNumber = options.find(([, value]) => Number.isNaN(value));
  if (noNumber !== undefined) throw usage(name, `--${String(noNumber[0])} takes a number`);
  return { args, options: Object.fromEntries(options) as ParsedArgv['options'] };
}

/** Of one word that begins with one hyphen: yargs takes each letter for an option, in the square of their count. */
const MOST_LETTERS = 1024;

function refuseEndless(name: string, words: readonly string[]): void {
  const end = words.indexOf('--');
  const options = words.slice(0, end === -1 ? undefined : end);
  const endless = options.find((word) => word.length > MOST_LETTERS && /^-[^-]/.test(word));
  if (endless !== undefined) throw usage(name, `${endless.slice(0, 20)}… is not an option`);
}

/** `--unit-flags "-H fd://"`: a word with a space in it, after an option that takes a value, is no option but that value. */
function joined(words: readonly string[], specs: Readonly<Record<string, OptionSpec>>): string[] {
  const end = words.indexOf('--');
  return words.reduce<string[]>((all, word, index) => {
    const before = all.at(-1) ?? '';
    const [, option = ''] = /^--([\w-]+)$/.exec(before) ?? [];
    const takesOne = Object.hasOwn(specs, option) && specs[option]?.type !== 'boolean';
    const isValue = /^-.* /s.test(word) && takesOne && (end === -1 || index < end);
    return isValue ? [...all.slice(0, -1), `${before}=${word}`] : [...all, word];
  }, []);
}

function accepting(command: AnyCommand): Argv {
  return createYargs([])
    .scriptName('')
    .locale('en')
    .help(false)
    .version(false)
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': command.args.length === 0,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    })
    .options(toYargs(specsOf(command)))
    .strictOptions();
}

function toYargs(specs: Readonly<Record<string, OptionSpec>>): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      {
        describe: spec.describe,
        ...(spec.type === 'list' ? { array: true, string: true } : { type: spec.type }),
        ...(spec.type === 'string' || spec.type === 'number' ? { requiresArg: true } : {}),
        ...(spec.alias === undefined ? {} : { alias: spec.alias }),
        ...(spec.choices === undefined ? {} : { choices: spec.choices }),
        ...(spec.default === undefined ? {} : { default: spec.default }),
        ...(spec.required === true ? { demandOption: true } : {}),
      },
    ]),
  );
}

/** Lists take every mention, and commas: `--to docker,containerd`. Of anything else the last mention counts. */
function valueOf(value: unknown, spec: OptionSpec): OptionValue {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (spec.type === 'boolean') return last === true;
  if (spec.type !== 'list') return last as string | number | undefined;
  return listOf(value)
    .flatMap((word) => String(word).split(','))
    .filter((word) => word !== '');
}

/** `--permit "$UNSET"` would otherwise permit everything. */
const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) && (value.length === 0 || value.includes(''));

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `mtu=1400`, as options of other programs are written: the command with a word for each; undefined for what is written otherwise. */
function inTwoWords(name: string, args: readonly string[]): string | undefined {
  const [, key, value] = /^([\w.-]+)=(.+)$/su.exec(args.length === 1 ? (args[0] ?? '') : '') ?? [];
  if (key === undefined || value === undefined) return undefined;
  return redactWords(['dockerctl', ...name.split(' '), key, value])
    .map(shellWord)
    .join(' ');
}

function checkArguments(
  name: string,
  { specs, args }: { specs: readonly ArgumentSpec[]; args: readonly string[] },
): void {
  const missing = specs.find((spec, index) => spec.required === true && args[index] === undefined);
  if (missing !== undefined)
    throw usage(name, `${missing.name} is missing: ${missing.describe}`, inTwoWords(name, args));
  const surplus = specs.at(-1)?.many === true ? undefined : args[specs.length];
  if (surplus !== undefined) throw usage(name, `"${surplus}" is one argument too many`);
}
