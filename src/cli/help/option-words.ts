import type { ArgumentSpec, OptionSpec } from '../../app/context/command.js';

/** `URL…`, `[KEY]`: brackets where it may be left out. */
export function argumentWord({ name, required, many }: ArgumentSpec): string {
  const word = many === true ? `${name}…` : name;
  return required === true ? word : `[${word}]`;
}

/** ` FILE`, ` N…`; nothing behind an option that takes no value. */
export function valueWord({ type, placeholder }: OptionSpec): string {
  if (type === 'boolean') return '';
  return ` ${placeholder ?? (type === 'number' ? 'N' : 'TEXT')}${type === 'list' ? '…' : ''}`;
}

/** What the option does, what it takes and what counts without it. */
export function optionText({ describe, choices, default: standard }: OptionSpec): string {
  const taken = choices === undefined ? '' : ` (${choices.join(', ')})`;
  const otherwise =
    standard === undefined || typeof standard === 'boolean' ? '' : `; default ${String(standard)}`;
  return `${describe}${taken}${otherwise}`;
}

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('?') ? '' : '.'}`;
}
