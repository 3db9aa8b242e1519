import type { OptionSpec } from '../../app/context/command.js';
import { wrap } from '../../core/text/wrap.js';
import { NOUNS, SINGLE_COMMANDS, type AnyCommand } from '../catalogue.js';
import { GLOBAL_OPTIONS } from '../global-options.js';
import { definitionList, paragraphs, type HelpRow } from './layout.js';
import { argumentWord, optionText, sentence, valueWord } from './option-words.js';

type Summaries = Readonly<Record<string, { readonly summary: string }>>;

/** `dockerctl --help`: fits a terminal of 80 columns and 24 lines. `width`: of the terminal, in characters. */
export function helpOfProgram(width: number): string {
  return paragraphs(
    `Usage: dockerctl COMMAND    owns a Docker host's configuration and its registry trust\n${definitionList(rowsOf({ ...SINGLE_COMMANDS, ...NOUNS }), width)}`,
    'More: dockerctl COMMAND --help, help options, help --all, completion SHELL, --version',
  );
}

/** The help of a noun: its verbs. */
export async function helpOfNoun(noun: string, width: number): Promise<string> {
  const { summary, verbs } = NOUNS[noun] ?? { summary: '', verbs: {} };
  const loaded = await Promise.all(
    Object.entries(verbs).map(async ([verb, load]) => [verb, (await load()).command] as const),
  );
  return paragraphs(
    `Usage: dockerctl ${noun} COMMAND`,
    sentence(summary),
    definitionList(rowsOf(Object.fromEntries(loaded)), width),
    `More: dockerctl ${noun} COMMAND --help`,
  );
}

/** The help of one command: its own options first; those of every command have a page of their own. */
export function helpOfCommand(name: string, command: AnyCommand, width: number): string {
  const options = command.options as Readonly<Record<string, OptionSpec>>;
  const takes = Object.keys(options).length > 0 ? ['[OPTIONS]'] : [];
  const examples = command.examples.map((example) => `  dockerctl ${example}`);
  return paragraphs(
    `Usage: ${['dockerctl', name, ...takes, ...command.args.map(argumentWord)].join(' ')}`,
    wrap(sentence(command.summary), width).join('\n'),
    section(
      'Arguments',
      definitionList(
        command.args.map(({ name: argument, describe }) => [argument, describe]),
        width,
      ),
    ),
    section('Options', definitionList(optionRows(options), width)),
    section('Examples', examples.join('\n')),
    'Options of every command, such as --dry-run and --json: dockerctl help options',
  );
}

/** `dockerctl help options`. */
export function helpOfOptions(width: number): string {
  return paragraphs(
    'Options of every command:',
    definitionList(optionRows(GLOBAL_OPTIONS), width),
    'What each promises: docs/cli.md',
  );
}

const section = (title: string, text: string): string => (text === '' ? '' : `${title}:\n${text}`);

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
