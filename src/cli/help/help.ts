import type { OptionSpec } from '../../app/context/command.js';
import { wrap, wrapLines } from '../../core/text/wrap.js';
import { NOUNS, SINGLE_COMMANDS, type AnyCommand } from '../catalogue.js';
import { GLOBAL_OPTIONS } from '../global-options.js';
import { definitionList, paragraphs, type Reader, type HelpRow } from './layout.js';
import { argumentWord, optionText, sentence, valueWord } from './option-words.js';

type Summaries = Readonly<Record<string, { readonly summary: string }>>;

/** `dockerctl --help`: fits a terminal of 80 columns and 24 lines. */
export function helpOfProgram(reader: Reader): string {
  const { say } = reader;
  const text = paragraphs(
    `${say("Usage: dockerctl COMMAND    a Docker host's configuration and registry trust")}\n${definitionList(rowsOf({ ...SINGLE_COMMANDS, ...NOUNS }), reader)}`,
    say('More: COMMAND --help, help options, help --all, completion SHELL, --version'),
  );
  return wrapLines(text, reader.width);
}

/** The help of a noun: its verbs. */
export async function helpOfNoun(noun: string, reader: Reader): Promise<string> {
  const { say } = reader;
  const { summary, verbs } = NOUNS[noun] ?? { summary: '', verbs: {} };
  const loaded = await Promise.all(
    Object.entries(verbs).map(async ([verb, load]) => [verb, (await load()).command] as const),
  );
  return paragraphs(
    say(`Usage: dockerctl ${noun} COMMAND`),
    say(sentence(summary)),
    definitionList(rowsOf(Object.fromEntries(loaded)), reader),
    say(`More: dockerctl ${noun} COMMAND --help`),
  );
}

/** The help of one command: its own options first; those of every command have a page of their own. */
export function helpOfCommand(name: string, command: AnyCommand, reader: Reader): string {
  const { say } = reader;
  const options = command.options as Readonly<Record<string, OptionSpec>>;
  const takes = Object.keys(options).length > 0 ? ['[OPTIONS]'] : [];
  const examples = command.examples.map((example) => `  dockerctl ${example}`);
  return paragraphs(
    say(`Usage: ${['dockerctl', name, ...takes, ...command.args.map(argumentWord)].join(' ')}`),
    wrap(say(sentence(command.summary)), reader.width).join('\n'),
    section(
      say('Arguments:'),
      definitionList(
        command.args.map(({ name: argument, describe }) => [argument, describe]),
        reader,
      ),
    ),
    section(say('Options:'), definitionList(optionRows(options), reader)),
    section(say('Examples:'), examples.join('\n')),
    say('Options of every command, such as --dry-run and --json: dockerctl help options'),
  );
}

/** `dockerctl help options`. */
export function helpOfOptions(reader: Reader): string {
  const { say } = reader;
  return paragraphs(
    say('Options of every command:'),
    definitionList(optionRows(GLOBAL_OPTIONS), reader),
    say('What each promises: docs/cli.md'),
  );
}

const section = (title: string, text: string): string => (text === '' ? '' : `${title}\n${text}`);

const rowsOf = (table: Summaries): HelpRow[] =>
  Object.entries(table).map(([word, { summary }]) => [word, summary]);

/** `--no-verify` where the option is on unless it is taken back. */
export function optionRows(specs: Readonly<Record<string, OptionSpec>>): HelpRow[] {
  return Object.entries(specs).map(([name, spec]) => {
    const alias = spec.alias === undefined ? '    ' : `-${spec.alias}, `;
    const long = spec.type === 'boolean' && spec.default === true ? `no-${name}` : name;
    return [`${alias}--${long}${valueWord(spec)}`, optionText(spec)];
  });
}
