import type { OptionSpec } from '../../app/context/command.js';
import { GLOBAL_OPTIONS } from '../global-options.js';
import { loadEveryCommand, type NamedCommand } from '../load.js';
import { helpOfCommand, helpOfOptions } from './help.js';
import { paragraphs, type Reader } from './layout.js';
import { argumentWord, optionText, sentence, valueWord } from './option-words.js';

/** `help --all`: the help of every command, one after the other. */
export async function everyHelp(reader: Reader): Promise<string> {
  const commands = await loadEveryCommand();
  return paragraphs(
    ...commands.map(({ name, command }) => `${helpOfCommand(name, command, reader)}\n`),
    helpOfOptions(reader),
  );
}

/** Every command with its arguments and options, as Markdown: docs/commands.md is this text. */
export async function commandReference(): Promise<string> {
  const commands = (await loadEveryCommand()).map(entry);
  return [
    '# Commands',
    '',
    'Written by `dockerctl help --all --markdown`; a test keeps it equal. What the options of every command mean is in [cli.md](cli.md).',
    '',
    ...commands,
    '## Options of every command',
    '',
    ...optionLines(GLOBAL_OPTIONS),
    '',
  ].join('\n');
}

function entry({ name, command }: NamedCommand): string {
  const words = [`dockerctl ${name}`, ...command.args.map(argumentWord)].join(' ');
  const options = optionLines(command.options as Readonly<Record<string, OptionSpec>>);
  const examples = command.examples.map((example) => `    dockerctl ${example}`);
  return `${paragraphs(`## ${words}`, sentence(command.summary), options.join('\n'), examples.join('\n'))}\n`;
}

function optionLines(specs: Readonly<Record<string, OptionSpec>>): string[] {
  return Object.entries(specs).map(([name, spec]) => {
    const alias = spec.alias === undefined ? '' : `\`-${spec.alias}\`, `;
    const no = spec.type === 'boolean' && spec.default === true ? 'no-' : '';
    return `- ${alias}\`--${no}${name}${valueWord(spec)}\`: ${optionText(spec)}`;
  });
}
