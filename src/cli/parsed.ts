import type { OptionSpec } from '../app/context/command.js';
import type { AnyCommand } from './catalogue.js';
import { GLOBAL_OPTIONS } from './global-options.js';

/** The words after a command's name, read. */
export interface ParsedArgv {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
}

export type OptionValue = string | number | boolean | readonly string[] | undefined;

/** What a command may be given: the options of every command and its own. */
export function specsOf(command: AnyCommand): Readonly<Record<string, OptionSpec>> {
  return { ...GLOBAL_OPTIONS, ...(command.options as Readonly<Record<string, OptionSpec>>) };
}
