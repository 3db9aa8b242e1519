import { join } from 'node:path';
import { placedBelow } from '../../core/plan/rooted-hint.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import { fixableOf } from '../../core/dockerd/validate/fix.js';
import { judgedBy, NO_FILE } from '../../core/dockerd/validate/check-candidate.js';
import type { HostFacts } from '../../core/dockerd/validate/host-facts.js';
import type { MachineNeed } from '../../core/dockerd/validate/need.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { type VariableFault, variableFaults } from '../../core/dockerd/validate/variables.js';
import { fixCommand, found } from '../../core/doctor/codes.js';
import { validateConfig } from '../../core/dockerd/validate/validate.js';
import type { EngineVersion } from '../../core/dockerd/options/keys/version.js';
import type { Finding } from '../../core/plan/finding.js';
import { isDockerctlError } from '../../errors.js';
import { observe } from '../../app/context/observe.js';
import { readHostFacts } from '../../system/dockerd/host-facts.js';
import type { Context } from '../../app/context/command.js';
import { readConfigInput, readInputFile } from '../../app/change/input-file.js';
import type { ChosenEngine } from './engine-option.js';

/** What a dockerd would make of one file. */
export interface FileVerdict {
  readonly path: string;
  readonly starts: boolean;
  readonly reloads: boolean;
  /** Containers can start. */
  readonly containers: boolean;
  /** What the machine must have for that, as far as nobody could look. */
  readonly needs: readonly MachineNeed[];
  readonly findings: readonly (Finding & { readonly fixable: boolean })[];
}

/** Whose verdict is asked. */
export interface ValidateContext {
  readonly engine: EngineVersion;
  readonly argv: readonly string[];
  readonly running?: readonly string[];
  readonly sourceOf?: (word: string) => string | undefined;
  readonly host: HostFacts;
  /** Of the unit, where its own verdict is asked. */
  readonly variables?: readonly VariableFault[];
}

/** A named engine is another machine's: this one's flags and files say nothing about it, nor do they where there is no dockerd. */
export function situationOf(
  { host }: Context,
  { version, observed }: ChosenEngine,
  flags: string,
): ValidateContext {
  const there = observed !== null && observed.version !== null;
  const facts = there ? readHostFacts(host, observed) : {};
  if (flags !== 'auto') {
    const argv = ['dockerd', ...flags.split(/\s+/).filter(Boolean)];
    return { engine: version, argv, host: facts };
  }
  return {
    ...{ engine: version, argv: [], ...(observed && judgedBy(observed)), host: facts },
    ...(there && { variables: variableFaults(observed, facts) }),
  };
}

export interface ValidatedFile {
  readonly path: string;
  /** null: there is no such file, and dockerd starts with its defaults. */
  readonly bytes: Uint8Array | null;
  /** The dockerd whose own file it is; null for a file that was only named. */
  readonly owner: ObservedDaemon | null;
}

/** The daemon.json of this machine. */
export async function ownFile(
  context: Context,
  { observed }: ChosenEngine,
): Promise<ValidatedFile> {
  const owner = observed ?? (await observe(context));
  const { configPath, configFile } = owner;
  return { path: configPath, bytes: bytesIn(configFile), owner };
}

export async function namedFile(context: Context, file: string): Promise<ValidatedFile> {
  return { path: file, bytes: await readConfigInput(context, file), owner: null };
}

/** With places as they are on this machine: those of the machine's own file are below `--root`. */
export function placed({ host }: Context, judged: FileVerdict): FileVerdict {
  const { root } = host.self;
  return {
    ...judged,
    path: root === null ? judged.path : join(root, judged.path),
    findings: judged.findings.map((one) => ({ ...one, ...placedBelow(one, root) })),
  };
}

/** A file of several that has no verdict: the others have theirs. Throws what is no trouble with a file. */
export function unread(path: string, error: unknown): FileVerdict {
  if (!isDockerctlError(error) || !UNREAD.has(error.code)) throw error;
  const { code, hint } = error;
  const message = error.message.replace(/\.$/, '');
  const finding = { severity: 'error', code, subject: path, path, message, hint } as const;
  const none = { starts: false, reloads: false, containers: false, needs: [] };
  return { path, ...none, findings: [{ ...finding, fixable: false }] };
}

const UNREAD: ReadonlySet<string> = new Set(['file-not-found', 'file-unreadable', 'not-permitted']);

const MOST_LIST = 16 * 1024 * 1024;

/** One name a line, as `git ls-files` and `find` print them; `-` is stdin. */
export async function namesIn(context: Context, list: string): Promise<readonly string[]> {
  const text = Buffer.from(await readInputFile(context, list, MOST_LIST)).toString('utf8');
  return text.split(/\r?\n|\0/).filter((name) => name !== '');
}

export function judge(
  { path, bytes }: ValidatedFile,
  { variables = [], ...situation }: ValidateContext,
): FileVerdict {
  const text = bytes ?? NO_FILE;
  const verdict = validateConfig({ ...situation, bytes: text, path });
  const { starts, reloads, containers, needs, findings } = verdict;
  const fixable = fixableOf(verdict, text);
  const stopped = variables.length > 0;
  return {
    path,
    starts: starts && !stopped,
    reloads,
    containers: containers && !stopped,
    needs,
    findings: [
      ...variables.map((fault) => ({ ...ofVariable(fault), fixable: false })),
      ...findings.map((finding) => ({ ...finding, fixable: fixable.has(finding) })),
    ],
  };
}

/** In the words of doctor, which has its fix. */
function ofVariable({ name, source, message }: VariableFault): Finding {
  return found('unit-variable-stops', {
    subject: name,
    ...(source.startsWith('/') && { path: source }),
    message,
    hint: fixCommand('unit-variable-stops'),
  });
}
