import type { Context } from '../app/context/command.js';
import { boundedHost } from '../app/context/look-deadline.js';
import { unexpectedFileError } from '../core/text/file-error.js';
import { hintBelow } from '../core/plan/rooted-hint.js';
import { withoutLanguage } from '../core/locale/language.js';
import { commandsBelow } from '../core/text/commands-below.js';
import { redactWords } from '../core/text/redact.js';
import { shellWord } from '../core/text/shell-word.js';
import { DockerctlError, EXIT_STATUS, isDockerctlError, messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { NOUNS, SINGLE_COMMANDS } from './catalogue.js';
import { findCommand, type FoundCommand } from './find-command.js';
import type { Reader } from './help/layout.js';
import { readGlobalOptions, readLookMs } from './global-options.js';
import {
  English,
  printAnswer,
  printError,
  printText,
  streamsWith,
  type Streams,
} from './output.js';
import { readPlainWords } from './plain-words.js';
import { spoken } from './spoken.js';
import { createStyle } from './style.js';
import { createTerminal } from './terminal.js';

export interface Program {
  readonly version: string;
  /** Makes the Host; called once, when `--root` is known. */
  readonly hostBelow: (root: string | null) => Host;
  readonly streams: Streams;
}

/** Runs one command line (without node and script). Resolves to the exit status; never rejects. */
export async function run(argv: readonly string[], silent: Program): Promise<number> {
  const program = { ...silent, streams: await spoken(argv, silent) };
  try {
    return await dispatch(withoutLanguage(argv), program);
  } catch (error) {
    const known = isDockerctlError(error) ? error : (unexpectedFileError(error) ?? bug(error));
    printError(program.streams, { error: known, json: argv.includes('--json') });
    return EXIT_STATUS[known.code];
  }
}

async function dispatch(argv: readonly string[], program: Program): Promise<number> {
  const print = (text: string) => {
    printText(program.streams, text);
    return 0;
  };
  const [word = '', ...rest] = argv;
  if (['--version', '-v', 'version'].includes(word)) return print(`dockerctl ${program.version}`);
  if (word === 'completion') {
    const { completionScript } = await import('./completion.js');
    return print(await completionScript(rest[0]));
  }
  if (word === 'help') return print(await helpOn(rest, program));
  const found = findCommand(argv);
  if (found.kind === 'command' && !asksForHelp(found)) return execute(found, { argv, program });
  return print(await helpFor(found, program));
}

/** `help`, `help trust list`, `help options`, `help --all [--markdown]`, `help [trust] --man`. */
async function helpOn(words: readonly string[], program: Program): Promise<string> {
  const [first] = words.filter((word) => !word.startsWith('-'));
  if (words.includes('--all')) {
    const { commandReference, everyHelp } = await import('./help/reference.js');
    return words.includes('--markdown') ? commandReference() : everyHelp(readerOf(program));
  }
  if (words.includes('--man')) {
    const { manPage } = await import('./help/man-page.js');
    return manPage(first ?? null, program);
  }
  if (first === 'options') return (await import('./help/help.js')).helpOfOptions(readerOf(program));
  return helpFor(findCommand([...words, '--help']), program);
}

async function helpFor(found: FoundCommand, program: Program): Promise<string> {
  const { helpOfCommand, helpOfNoun, helpOfProgram } = await import('./help/help.js');
  const reader = readerOf(program);
  if (found.kind === 'command')
    return helpOfCommand(found.name, (await found.load()).command, reader);
  return found.noun === null ? helpOfProgram(reader) : helpOfNoun(found.noun, reader);
}

const NARROWEST = 40;
const WIDEST = 120;

/** Of the terminal, in columns; what a pipe gets fits the narrowest that people use. */
const readerOf = ({ streams }: Program): Reader => ({
  width: Math.max(NARROWEST, Math.min(streams.stdout.columns ?? 80, WIDEST)),
  say: streams.say ?? English,
});

async function execute(
  found: Extract<FoundCommand, { kind: 'command' }>,
  { argv, program }: { argv: readonly string[]; program: Program },
): Promise<number> {
  const { command } = await found.load();
  const { args, options } =
    readPlainWords(command, found.words) ??
    (await import('./parser.js')).parseCommand(found.name, { command, words: found.words });
  const globals = readGlobalOptions(options);
  if (globals.confirmWithinMs !== null && command.isConfirmable !== true)
    throw notConfirmable(found.name);
  const streams = aboutRoot(program.streams, globals.root);
  const terminal = createTerminal(streams, globals);
  const commandLine = redactWords(argv).map(shellWord).join(' ');
  const own = program.hostBelow(globals.root);
  const bounded =
    globals.dryRun || command.looks?.(options) === true
      ? boundedHost(own, { limitMs: readLookMs(options), commandLine })
      : null;
  const host = bounded?.host ?? own;
  const context: Context = {
    host,
    options: globals,
    commandLine,
    terminal,
    looks: { last: null },
    ...(program.streams.say && { say: program.streams.say }),
  };
  try {
    const answer: unknown = await command.run(context, { args, options });
    const exceeded = bounded?.exceeded() ?? null;
    if (exceeded !== null) throw exceeded;
    terminal.close();
    if (command.streams?.(options) !== true) {
      const style = createStyle(streams, options.color === true);
      const text = () => command.render(answer, style);
      printAnswer(streams, {
        ...{ answer, json: globals.json, text },
        verbatim: command.isVerbatim === true,
        isExport: command.exports?.(options) === true,
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

function aboutRoot(streams: Streams, root: string | null): Streams {
  if (root === null) return streams;
  const names = [...Object.keys(NOUNS), ...Object.keys(SINGLE_COMMANDS)];
  return streamsWith(streams, { below: (text) => commandsBelow(text, root, names) });
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
    hint: hintBelow(hint, root),
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

/** `status --help`, `status -h` and `status help`. */
function asksForHelp({ words }: Extract<FoundCommand, { kind: 'command' }>): boolean {
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  return (
    own.includes('--help') || own.includes('-h') || (words.length === 1 && words[0] === 'help')
  );
}

function bug(error: unknown): DockerctlError {
  return new DockerctlError({
    code: 'bug',
    message: `This is a bug in dockerctl: ${messageOf(error)}`,
    hint: 'DOCKERCTL_DEBUG=1 with the same command, and report what it prints',
    cause: error,
  });
}
