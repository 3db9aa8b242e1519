import type { OptionSpec } from '../../app/context/command.js';
import { NOUNS, SINGLE_COMMANDS } from '../catalogue.js';
import { GLOBAL_OPTIONS } from '../global-options.js';
import { loadEveryCommand, type NamedCommand } from '../load.js';
import { optionRows } from './help.js';
import type { HelpRow } from './layout.js';
import { argumentWord, sentence } from './option-words.js';

/** What a man page is made of besides the catalogue. */
interface Edition {
  readonly version: string;
}

/**
 * A man page as man(7) roff: of dockerctl itself, with the commands of one word and the options of every command, or of a
 * noun with its verbs. dockerctl(8) and dockerctl-trust(8) are what `man dockerctl` and `man dockerctl-trust` show.
 */
export async function manPage(noun: string | null, { version }: Edition): Promise<string> {
  const commands = await loadEveryCommand();
  const ours = commands.filter(({ name }) =>
    noun === null ? Object.hasOwn(SINGLE_COMMANDS, name) : name.startsWith(`${noun} `),
  );
  const title = noun === null ? 'dockerctl' : `dockerctl-${noun}`;
  const summary =
    noun === null
      ? "own a Docker host's configuration and its registry trust"
      : (NOUNS[noun]?.summary ?? '');
  return [
    `.TH ${title.toUpperCase()} 8 "" "dockerctl ${version}" "System administration"`,
    '.SH NAME',
    `${roff(title)} \\- ${roff(summary)}`,
    '.SH SYNOPSIS',
    ...ours.flatMap((one) => [`.B ${roff(synopsis(one))}`, '.br']),
    '.SH COMMANDS',
    ...ours.flatMap(commandPart),
    ...(noun === null
      ? ['.SH OPTIONS OF EVERY COMMAND', ...tagged(optionRows(GLOBAL_OPTIONS))]
      : []),
    '.SH SEE ALSO',
    roff(
      [null, ...Object.keys(NOUNS)]
        .filter((other) => other !== noun)
        .map((other) => (other === null ? 'dockerctl(8)' : `dockerctl-${other}(8)`))
        .join(', '),
    ),
    '',
  ].join('\n');
}

function commandPart(one: NamedCommand): string[] {
  const { name, command } = one;
  const examples = command.examples.map((example) => roff(`dockerctl ${example}`));
  return [
    `.SS ${roff(`dockerctl ${name}`)}`,
    roff(sentence(command.summary)),
    ...tagged(command.args.map(({ name: argument, describe }) => [argument, describe])),
    ...tagged(optionRows(command.options as Readonly<Record<string, OptionSpec>>)),
    ...(examples.length === 0 ? [] : ['.PP', '.EX', ...examples, '.EE']),
  ];
}

const synopsis = ({ name, command }: NamedCommand): string =>
  ['dockerctl', name, '[OPTIONS]', ...command.args.map(argumentWord)].join(' ');

const tagged = (rows: readonly HelpRow[]): string[] =>
  rows.flatMap(([term, text]) => ['.TP', `.B ${roff(term.trim())}`, roff(text)]);

/** Text that roff prints as it is: hyphens are copied from a page, other than ASCII goes by code point, no line is a request. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(
      /[^ -~]/gu,
      (c) => `\\[u${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^[.']/, '\\&$&');
