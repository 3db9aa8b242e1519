import type { ArgumentSpec, OptionSpec } from '../app/context/command.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { loadEveryCommand, type NamedCommand } from './load.js';

/** Every command with its arguments and options, as Markdown: docs/commands.md is this text. */
export async function commandReference(): Promise<string> {
  const commands = (await loadEveryCommand()).map(entry);
  return [
    '# Commands',
    '',
    'Written by `dockerctl help --all`; a test keeps it equal. What the options of every command mean is in [cli.md](cli.md).',
    '',
    ...commands,
    '## Options of every command',
    '',
    ...optionLines(GLOBAL_OPTIONS),
    '',
  ].join('\n');
}

function entry({ name, command }: NamedCommand): string {
  const words = [`dockerctl ${name}`, ...command.args.map(argumentText)].join(' ');
  const options = optionLines(command.options as Readonly<Record<string, OptionSpec>>);
  const examples = command.examples.map((example) => `    dockerctl ${example}`);
  const parts = [`## ${words}`, capital(command.summary), options.join('\n'), examples.join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** `URL…`, `[KEY]`: brackets where it may be left out. */
export function argumentText({ name, required, many }: ArgumentSpec): string {
  const word = many === true ? `${name}…` : name;
  return required === true ? word : `[${word}]`;
}

function optionLines(specs: Readonly<Record<string, OptionSpec>>): string[] {
  return Object.entries(specs).map(([name, spec]) => {
    const alias = spec.alias === undefined ? '' : `\`-${spec.alias}\`, `;
    const choices = spec.choices === undefined ? '' : ` (${spec.choices.join(', ')})`;
    const standard = spec.default === undefined ? '' : `; default ${String(spec.default)}`;
    return `- ${alias}\`--${name}${valueText(spec)}\`: ${spec.describe}${choices}${standard}`;
  });
}

function valueText({ type, placeholder }: OptionSpec): string {
  if (type === 'boolean') return '';
  return ` ${placeholder ?? (type === 'number' ? 'N' : 'TEXT')}${type === 'list' ? '…' : ''}`;
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${sentence.endsWith('?') ? '' : '.'}`;
}
