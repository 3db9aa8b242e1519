import type { GlobalOptions, OptionSpec } from '../app/context/command.js';
import { LANGUAGES } from '../core/locale/language.js';
import { DockerctlError } from '../errors.js';
import { parseDuration } from '../core/text/duration.js';

/** docs/cli.md, "Everywhere". */
export const GLOBAL_OPTIONS = {
  'dry-run': { type: 'boolean', alias: 'n', describe: 'show the plan, change nothing' },
  json: { type: 'boolean', describe: 'one JSON object on stdout' },
  root: {
    type: 'string',
    placeholder: 'DIR',
    describe: 'every path is below this folder; nothing is activated',
  },
  config: { type: 'string', placeholder: 'FILE', describe: 'the daemon.json to edit' },
  activate: {
    type: 'string',
    placeholder: 'HOW',
    choices: ['auto', 'reload', 'restart', 'never'],
    default: 'auto',
    describe: 'how dockerd is made to notice',
  },
  containers: {
    type: 'string',
    placeholder: 'HOW',
    choices: ['keep', 'stop'],
    default: 'keep',
    describe: 'what may happen to running containers in a restart',
  },
  validate: {
    type: 'boolean',
    default: true,
    describe: 'skip our own verdict on the file',
  },
  timeout: {
    type: 'string',
    placeholder: 'SECONDS',
    describe: 'seconds until dockerd must be healthy: 60; for all of what only looks: 10',
  },
  'lock-timeout': {
    type: 'string',
    placeholder: 'SECONDS',
    default: '30',
    describe: 'seconds to wait for another dockerctl',
  },
  'confirm-within': {
    type: 'string',
    placeholder: 'TIME',
    describe: 'roll back unless `dockerctl confirm` is run in time, such as 5m',
  },
  record: {
    type: 'boolean',
    describe: 'write what the command changes into the declaration, too',
  },
  yes: { type: 'boolean', alias: 'y', describe: 'never ask' },
  quiet: { type: 'boolean', alias: 'q', describe: 'no progress on stderr' },
  verbose: { type: 'boolean', describe: 'say each step on stderr' },
  lang: {
    type: 'string',
    placeholder: 'LANGUAGE',
    choices: LANGUAGES,
    describe: 'of help, answers and errors for people; else as the locale says',
  },
  color: { type: 'boolean', default: true, describe: 'no colours on a terminal' },
  help: { type: 'boolean', alias: 'h', describe: 'this text' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** The parsed words as what commands receive. Throws `invalid-value` for a duration that is none. */
export function readGlobalOptions(options: Readonly<Record<string, unknown>>): GlobalOptions {
  const text = (name: keyof typeof GLOBAL_OPTIONS): string | null => {
    const value = options[name];
    if (value === '') throw nothingNamed(name);
    return typeof value === 'string' ? value : null;
  };
  const within = text('confirm-within');
  return {
    dryRun: options['dry-run'] === true,
    json: options.json === true,
    root: text('root'),
    config: text('config'),
    activate: options.activate as GlobalOptions['activate'],
    containers: options.containers as GlobalOptions['containers'],
    validate: options.validate === true,
    timeoutMs: parseDuration(text('timeout') ?? '60', 's'),
    lockTimeoutMs: parseDuration(text('lock-timeout') ?? '30', 's'),
    confirmWithinMs: within === null ? null : parseDuration(within),
    record: options.record === true,
    yes: options.yes === true,
    quiet: options.quiet === true,
    verbose: options.verbose === true,
  };
}

/** `--root "$UNSET"` would otherwise be about another machine than was meant. */
const nothingNamed = (name: string): DockerctlError =>
  new DockerctlError({
    code: 'usage',
    message: `--${name} is empty, as a variable that is not set leaves it.`,
    hint: `leave --${name} out, or give it a value`,
  });

const LOOK_SECONDS = '10';
/** A dry run asks registries, too, as the change would. */
const DRY_RUN_SECONDS = '30';

/** How long a command may take that only looks, or only shows what it would do; milliseconds. */
export function readLookMs({
  timeout,
  'dry-run': dryRun,
}: Readonly<Record<string, unknown>>): number {
  const usual = dryRun === true ? DRY_RUN_SECONDS : LOOK_SECONDS;
  return parseDuration(typeof timeout === 'string' ? timeout : usual, 's');
}
