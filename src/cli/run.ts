import type { Context } from '../app/context/command.js';
import { maskUrls } from '../core/text/redact.js';
import { shellWord } from '../core/text/shell-word.js';
import { DockerctlError, EXIT_STATUS, isDockerctlError, messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { findCommand, type Found } from './find-command.js';
import { readGlobalOptions } from './global-options.js';
import { printAnswer, printError, printText, type Streams } from './output.js';
import { readPlainWords } from './plain-words.js';
import { createStyle } from './style.js';
import { createTerminal } from './terminal.js';

export interface Program {
  readonly version: string;
  /** Makes the Host; called once, when `--root` is known. */
  readonly hostBelow: (root: string | null) => Host;
  readonly streams: Streams;
}

/** Runs one command line (without node and script). Resolves to the exit status; never rejects. */
export async function run(argv: readonly string[], program: Program): Promise<number> {
  try {
    return await dispatch(argv, program);
  } catch (error) {
    const known = isDockerctlError(error) ? error : bug(error);
    printError(program.streams, { error: known, json: argv.includes('--json') });
    return EXIT_STATUS[known.code];
  }
}

async function dispatch(argv: readonly string[], program: Program): Promise<number> {
  if (argv[0] === '--version' || argv[0] === 'version') {
    printText(program.streams, `dockerctl ${program.version}`);
    return 0;
  }
  if (argv[0] === 'completion') {
    const { completionScript } = await import('./completion.js');
    printText(program.streams, await completionScript(argv[1]));
    return 0;
  }
  if (argv[0] === 'help' && argv[1] === '--all') {
    const { commandReference } = await import('./reference.js');
    printText(program.streams, await commandReference());
    return 0;
  }
  const found = findCommand(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv);
  if (found.kind === 'command' && !asksForHelp(found.words))
    return execute(found, { argv, program });
  printText(program.streams, await helpFor(found));
  return 0;
}

async function helpFor(found: Found): Promise<string> {
  if (found.kind === 'command') {
    const { helpOfCommand } = await import('./parser.js');
    return helpOfCommand(found.name, (await found.load()).command);
  }
  const { helpText } = await import('./help.js');
  return helpText(found.noun);
}

async function execute(
  found: Extract<Found, { kind: 'command' }>,
  { argv, program }: { argv: readonly string[]; program: Program },
): Promise<number> {
  const { command } = await found.load();
  const { args, options } =
    readPlainWords(command, found.words) ??
    (await import('./parser.js')).parseCommand(found.name, { command, words: found.words });
  const globals = readGlobalOptions(options);
  if (globals.confirmWithinMs !== null && command.isConfirmable !== true)
    throw notConfirmable(found.name);
  const terminal = createTerminal(program.streams, globals);
  const context: Context = {
    host: program.hostBelow(globals.root),
    options: globals,
    commandLine: argv.map((word) => shellWord(maskUrls(word))).join(' '),
    terminal,
  };
  try {
    const answer: unknown = await command.run(context, { args, options });
    terminal.close();
    if (command.streams?.(options) !== true) {
      const style = createStyle(program.streams, options.color === true);
      const text = () => command.render(answer, style);
      printAnswer(program.streams, {
        ...{ answer, json: globals.json, text },
        verbatim: command.isVerbatim === true,
      });
    }
    return command.status?.(answer) ?? 0;
  } catch (error) {
    if (!isDockerctlError(error)) throw error;
    const { pki } = options as { readonly pki?: unknown };
    const hinted = typeof pki === 'string' ? await withPki(error, pki) : error;
    throw globals.root === null ? hinted : below(globals.root, hinted);
  } finally {
    terminal.close();
  }
}

async function withPki(error: DockerctlError, pki: string): Promise<DockerctlError> {
  const { forPki } = await import('../core/pki/authority/pki-hint.js');
  const { code, message, hint, cause, details } = error;
  return new DockerctlError({ code, message, hint: forPki(hint, pki), cause, details });
}

/** Messages name paths as those who live below the root see them. */
function below(root: string, error: DockerctlError): DockerctlError {
  const { code, message, hint, cause, details } = error;
  return new DockerctlError({
    code,
    message: `${message}\nThese paths are below ${root}.`,
    hint,
    cause,
    details,
  });
}

const notConfirmable = (name: string): DockerctlError =>
  new DockerctlError({
    code: 'usage',
    message: `dockerctl ${name} makes no change that could be taken back as a whole: --confirm-within cannot hold for it.`,
    hint: 'leave --confirm-within out; what changes daemon.json or trust takes it, and certs deploy NAME --to DIR',
  });

function asksForHelp(words: readonly string[]): boolean {
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  return own.includes('--help') || own.includes('-h');
}

function bug(error: unknown): DockerctlError {
  return new DockerctlError({
    code: 'bug',
    message: `This is a bug in dockerctl: ${messageOf(error)}`,
    hint: 'DOCKERCTL_DEBUG=1 with the same command, and report what it prints',
    cause: error,
  });
}
