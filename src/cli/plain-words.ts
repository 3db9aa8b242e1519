import type { OptionSpec } from '../app/context/command.js';
import type { AnyCommand } from './catalogue.js';
import { specsOf, type OptionValue, type ParsedArgv } from './parsed.js';

/**
 * Reads a command line that leaves no question: options written out, each with its value, and as many arguments as the
 * command takes. null for any other, right or wrong: yargs then reads it and says what is the matter. Loading and running
 * yargs takes longer than all else that `config get` does; a test holds the two to the same answers.
 */
export function readPlainWords(command: AnyCommand, words: readonly string[]): ParsedArgv | null {
  const specs = specsOf(command);
  const options = new Map(Object.entries(specs).map(([name, spec]) => [name, unmentioned(spec)]));
  const args: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (isPlain(word)) {
      args.push(word);
      continue;
    }
    const mention = mentionOf(word, specs);
    if (mention === null) return null;
    const { name, spec } = mention;
    const value = spec.type === 'boolean' ? mention.value : (mention.value ?? rest.shift());
    const read = READ[spec.type](value, spec);
    // yargs takes these for the option's own.
    if (spec.type === 'boolean' && ['true', 'false'].includes(rest[0] ?? '')) return null;
    if (read === null) return null;
    options.set(name, typeof read === 'object' ? [...listOf(options.get(name)), ...read] : read);
  }
  const missing = Object.entries(specs).some(
    ([name, { required }]) => required === true && options.get(name) === undefined,
  );
  return missing || !fits(command, args) ? null : { args, options: Object.fromEntries(options) };
}

function unmentioned({ type, default: standard }: OptionSpec): OptionValue {
  if (type === 'list') return [];
  return type === 'boolean' ? standard === true : standard;
}

const listOf = (value: OptionValue): readonly string[] => (typeof value === 'object' ? value : []);

/** No option, nothing in quotes, which yargs takes off, and not nothing. */
const isPlain = (word: string | undefined): word is string =>
  word !== undefined && /^[^-'"]/u.test(word);

interface Mention {
  readonly name: string;
  readonly spec: OptionSpec;
  readonly value: string | undefined;
}

/** `--name`, `--name=value`, or a letter that stands for a boolean. */
function mentionOf(word: string, specs: Readonly<Record<string, OptionSpec>>): Mention | null {
  const [, long, value] = /^--([a-z][a-z0-9-]*)(?:=(.+))?$/su.exec(word) ?? [];
  const [, letter] = /^-([a-z])$/u.exec(word) ?? [];
  const found = Object.entries(specs).find(
    ([name, { alias, type }]) =>
      name === long || (letter !== undefined && alias === letter && type === 'boolean'),
  );
  return found === undefined ? null : { name: found[0], spec: found[1], value };
}

type Read = (value: string | undefined, spec: OptionSpec) => OptionValue | null;

const READ: Readonly<Record<OptionSpec['type'], Read>> = {
  boolean: (value) => (value === undefined ? true : null),
  number: (value = '') => (/^(?:0|[1-9]\d{0,8})$/u.test(value) ? Number(value) : null),
  string: (value, { choices }) =>
    isPlain(value) && (choices?.includes(value) ?? true) ? value : null,
  list: (value, { choices }) =>
    isPlain(value) && choices === undefined ? value.split(',').filter((one) => one !== '') : null,
};

function fits({ args: specs }: AnyCommand, args: readonly string[]): boolean {
  const needed = specs.filter(({ required }) => required === true).length;
  return args.length >= needed && (specs.at(-1)?.many === true || args.length <= specs.length);
}
