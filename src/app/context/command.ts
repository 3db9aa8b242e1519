import type { Host } from '../../host/host.js';
import type { Looks } from '../../system/dockerd/control/controller.js';

/** The options of every command (docs/cli.md, "Everywhere"). */
export interface GlobalOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly root: string | null;
  readonly config: string | null;
  readonly activate: 'auto' | 'reload' | 'restart' | 'never';
  readonly containers: 'keep' | 'stop';
  readonly validate: boolean;
  /** Milliseconds that dockerd may take to be healthy again. */
  readonly timeoutMs: number;
  /** Milliseconds that another dockerctl may hold the lock. */
  readonly lockTimeoutMs: number;
  readonly confirmWithinMs: number | null;
  /** Write what is changed in daemon.json into the declaration, too. */
  readonly record: boolean;
  readonly yes: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export interface Context {
  readonly host: Host;
  readonly options: GlobalOptions;
  /** What the operator typed after `dockerctl`, for history and plan titles; secrets never stand in argv. */
  readonly commandLine: string;
  readonly terminal: Terminal;
  /** For a page that a person reads who reads another language than English; absent for English. */
  readonly say?: (text: string) => string;
  /** What this command has seen of dockerd, for its next look. */
  readonly looks: Looks;
}

/** stderr and the keyboard. stdout belongs to the answer. */
export interface Terminal {
  /** A step that takes time: shown on a terminal, silent with --quiet, a line each with --verbose. */
  progress(message: string): void;
  note(message: string): void;
  /** Yes or no. `--yes` answers yes; without a terminal it is the error `answer-needed`, which names `option`. */
  confirm(question: string, option: string): Promise<boolean>;
  /** A passphrase, without echo. Without a terminal: the error `answer-needed`, which names `option`. */
  secret(question: string, option: string): Promise<string>;
  /** All of stdin, for a file argument `-`. At most 16 MiB. */
  input(): Promise<Uint8Array>;
  /** One NDJSON object or text line of an endless answer (`watch`, `daemon logs`), on stdout. */
  emit(value: unknown, text: string): void;
}

/** How text is marked for people; does nothing when colours are off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  /** In the language of who reads; what it does not know stays. For what is cut or wrapped here: the rest is translated where it is printed. */
  say(text: string): string;
  /** The same, by words to the width of the terminal; whole for whatever else reads it. */
  wrapped(text: string): string;
  readonly width: number;
}

/** One option: the key is its long name in kebab-case. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean' | 'number' | 'list';
  readonly describe: string;
  readonly alias?: string;
  readonly choices?: readonly string[];
  readonly default?: string | boolean | number;
  readonly required?: boolean;
  /** What stands for the value in help: FILE, DAYS. */
  readonly placeholder?: string;
}

/** One positional argument, in order. `many` only on the last. */
export interface ArgumentSpec {
  readonly name: string;
  readonly describe: string;
  readonly required?: boolean;
  readonly many?: boolean;
}

type OptionValue<Spec extends OptionSpec> = Spec['type'] extends 'boolean'
  ? boolean
  : Spec['type'] extends 'list'
    ? readonly string[]
    : Spec extends { readonly required: true } | { readonly default: string | number }
      ? Spec['type'] extends 'number'
        ? number
        : string
      : (Spec['type'] extends 'number' ? number : string) | undefined;

export type OptionValues<Specs extends Readonly<Record<string, OptionSpec>>> = {
  readonly [Name in keyof Specs]: OptionValue<Specs[Name]>;
};

/**
 * A command is data: the file src/commands/<noun>/<verb>.ts exports `command`, and its path is the command line.
 * `run` returns the answer; `render` writes it for people; `--json` prints it as it is, passwords in URLs masked.
 */
export interface Command<
  Specs extends Readonly<Record<string, OptionSpec>> = Readonly<Record<string, OptionSpec>>,
  Answer = unknown,
> {
  readonly summary: string;
  readonly args: readonly ArgumentSpec[];
  readonly options: Specs;
  /** Lines after `dockerctl `, for help. */
  readonly examples: readonly string[];
  /** `args` holds the positionals in order, lists spread. */
  run(
    context: Context,
    input: { readonly args: readonly string[]; readonly options: OptionValues<Specs> },
  ): Promise<Answer>;
  render(answer: Answer, style: Style): string;
  /** The answer is a value that was asked for: passwords in URLs are not masked. */
  readonly isVerbatim?: true;
  /** It changes the machine by one transaction, which `--confirm-within` takes back; every other command refuses the option. */
  readonly isConfirmable?: true;
  /** With these options it looks at this machine and at nothing else: it ends within `--timeout`, 10 s unless told otherwise. */
  looks?(options: OptionValues<Specs>): boolean;
  /** With these options the text is for programs (SARIF, GitHub), and English. */
  exports?(options: OptionValues<Specs>): boolean;
  /** 1 when the check found something. Default 0. */
  status?(answer: Answer): 0 | 1;
  /** With these options it prints as it goes through `terminal.emit` and has no final answer. */
  streams?(options: OptionValues<Specs>): boolean;
}

/** Infers the types of options and answer. */
export function defineCommand<const Specs extends Readonly<Record<string, OptionSpec>>, Answer>(
  command: Command<Specs, Answer>,
): Command<Specs, Answer> {
  return command;
}
