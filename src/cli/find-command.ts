import { nearest } from '../core/text/suggest.js';
import { DockerctlError } from '../errors.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { NOUNS, SINGLE_COMMANDS, type Load } from './catalogue.js';

/** What the first words of a command line mean. */
export type FoundCommand =
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly words: readonly string[];
      readonly load: Load;
    }
  | { readonly kind: 'help'; readonly noun: string | null };

/** What people type who know docker, kubectl and git. */
const ALIASES: Readonly<Record<string, string>> = {
  ls: 'list',
  rm: 'remove',
  delete: 'remove',
  info: 'status',
  check: 'doctor',
};

/** The same where the name of a group or of one of its commands is left out, or is another one. */
const ALIASES_ABOVE: Readonly<Record<string, string>> = {
  list: 'status',
  ls: 'status',
  add: 'trust add-registry',
  remove: 'trust remove-registry',
  rm: 'trust remove-registry',
  fix: 'doctor',
  repair: 'doctor',
  ca: 'certs',
  cert: 'certs',
  certificate: 'certs',
  log: 'daemon logs',
  start: 'daemon restart',
  registry: 'trust',
  registries: 'trust',
  undo: 'config rollback',
  revert: 'config rollback',
  restore: 'config rollback',
};

/** The same under a noun. */
const ALIASES_UNDER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  config: { list: 'show', ls: 'show', cat: 'show', check: 'validate', undo: 'rollback' },
  daemon: { log: 'logs', info: 'status' },
  trust: { check: 'verify', show: 'list' },
  certs: { create: 'issue', new: 'issue', show: 'list' },
};

/**
 * Finds the command; the words that are not its name stay in order. Global options may stand before and in it:
 * `dockerctl --json status`, `dockerctl --root /mnt config show`, `dockerctl config --yes set`. Throws `usage` for an unknown word.
 */
export function findCommand(argv: readonly string[]): FoundCommand {
  const at = nextWord(argv, 0);
  if (at === -1) return { kind: 'help', noun: null };
  const noun = argv[at] ?? '';
  const before = argv.slice(0, at);
  const single = own(SINGLE_COMMANDS, noun);
  if (single !== undefined)
    return {
      kind: 'command',
      name: noun,
      words: [...before, ...argv.slice(at + 1)],
      load: single.load,
    };
  const group = own(NOUNS, noun);
  const verbAt = nextWord(argv, at + 1);
  if (group === undefined) throw unknownCommand(noun, argv[verbAt]);
  if (verbAt === -1) return { kind: 'help', noun };
  const verb = argv[verbAt] ?? '';
  if (verb === 'help') return { kind: 'help', noun };
  const load = own(group.verbs, verb);
  if (load !== undefined)
    return {
      kind: 'command',
      name: `${noun} ${verb}`,
      words: [...before, ...argv.slice(at + 1, verbAt), ...argv.slice(verbAt + 1)],
      load,
    };
  throw unknownVerb(noun, verb);
}

/** The first from there on that is neither an option nor the value of a global one; -1 where there is none. */
function nextWord(argv: readonly string[], from: number): number {
  return argv.findIndex(
    (word, index) => index >= from && !word.startsWith('-') && !takesValue(argv[index - 1]),
  );
}

/** What the table itself has: `constructor` and `toString` are words like any other. */
function own<Row>(table: Readonly<Record<string, Row>>, word: string): Row | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** `--root DIR`: the next word is its value. `--root=DIR` holds it already. */
function takesValue(word: string | undefined): boolean {
  const spec = Object.entries(GLOBAL_OPTIONS).find(([name]) => word === `--${name}`)?.[1];
  return spec?.type === 'string';
}

/** The hint is the command that was probably meant: of a near name, with the verb that follows; else of a verb that stands under a noun. */
function unknownCommand(word: string, next: string | undefined): DockerctlError {
  const known = [...Object.keys(SINGLE_COMMANDS), ...Object.keys(NOUNS), 'completion', 'help'];
  const meant = own(ALIASES_ABOVE, word) ?? own(ALIASES, word) ?? nearest(word, known);
  const nouns = Object.keys(NOUNS).filter((noun) => verbsOf(noun).includes(word));
  const verbs = nouns.map((noun) => `${noun} ${word}`);
  const verb = next === undefined ? undefined : meantVerb(meant ?? '', next);
  const named = verb === undefined ? meant : `${meant} ${verb}`;
  return unknown(
    word,
    { within: 'dockerctl', known },
    known.includes(meant?.split(' ')[0] ?? '') ? named : verbs[0],
  );
}

function unknownVerb(noun: string, word: string): DockerctlError {
  const known = verbsOf(noun);
  const meant = meantVerb(noun, word);
  return unknown(word, { within: `dockerctl ${noun}`, known }, meant && `${noun} ${meant}`);
}

/** The verb itself, another name of it, a near one, or the first that begins with it. */
function meantVerb(noun: string, word: string): string | undefined {
  const known = verbsOf(noun);
  const alias = own(own(ALIASES_UNDER, noun) ?? {}, word) ?? own(ALIASES, word) ?? word;
  return (
    known.find((verb) => verb === alias) ??
    nearest(word, known) ??
    known.find((verb) => verb.startsWith(`${alias}-`))
  );
}

function verbsOf(noun: string): readonly string[] {
  return Object.keys(own(NOUNS, noun)?.verbs ?? {});
}

function unknown(
  word: string,
  { within, known }: { within: string; known: readonly string[] },
  meant: string | undefined,
): DockerctlError {
  return new DockerctlError({
    code: 'usage',
    message: `"${word}" is not a command of ${within}. There are: ${known.join(', ')}.`,
    hint: meant === undefined ? `${within} --help` : `dockerctl ${meant} --help`,
  });
}
