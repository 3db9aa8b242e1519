import { basename } from 'node:path';
import { bytesOf } from '../content.js';
import type { Finding } from '../finding.js';
import type { Plan } from '../plan.js';
import { argvFlags } from './argv.js';
import { bytesIn } from './file.js';
import type { HostFacts } from './host-facts.js';
import type { ObservedDaemon } from './observed.js';
import { validateConfig, type ValidationInput, type Verdict } from './validate.js';
import { engineOf, inRange, parseVersion } from './version.js';

/** What dockerd would read after a plan; null when the plan leaves its file alone, or deletes it. */
export function candidateOf(plan: Plan, { configPath }: ObservedDaemon): Uint8Array | null {
  const after = plan.changes.find(({ path }) => path === configPath)?.after ?? null;
  return after === null || 'secret' in after.content ? null : bytesOf(after.content, new Map());
}

/** Whether a dockerd that runs would be started with other flags than it was. */
export function hasNewFlags({ argv, startWords, state }: ObservedDaemon): boolean {
  const wanted = startWords.slice(1).map(({ word }) => word);
  return state === 'running' && argv.slice(1).join('\0') !== wanted.join('\0');
}

/** What would keep a dockerd that runs from starting again: flags that its unit did not have when it was started. */
export function newFlagErrors(observed: ObservedDaemon, host: HostFacts): Finding[] {
  if (!hasNewFlags(observed)) return [];
  const { argv, configFile } = observed;
  const bytes = bytesIn(configFile) ?? NO_FILE;
  const before = { ...observed, startWords: argv.map((word) => ({ word, source: '' })) };
  return without(errorsOf(bytes, observed, host), errorsOf(bytes, before, host));
}

/** What dockerd makes of no file. */
export const NO_FILE = Buffer.from('{}');

function errorsOf(bytes: Uint8Array, observed: ObservedDaemon, host: HostFacts): Finding[] {
  return verdictOn(bytes, observed, host).findings.filter(({ severity }) => severity === 'error');
}

/** Ours, on what this dockerd would read. */
export function verdictOn(bytes: Uint8Array, observed: ObservedDaemon, host: HostFacts): Verdict {
  return validateConfig({ ...judgedBy(observed), bytes, path: observed.configPath, host });
}

/** The flags and the engine that a file is judged by: those of the next start, and of the process for a reload. */
export function judgedBy(
  observed: ObservedDaemon,
): Pick<ValidationInput, 'engine' | 'argv' | 'running' | 'sourceOf'> {
  const { version, argv: running, startWords } = observed;
  return {
    engine: engineOf(version),
    argv: startWords.map(({ word }) => word),
    ...(hasNewFlags(observed) && { running }),
    sourceOf: (wanted) =>
      startWords.find(({ word, source }) => word === wanted && source.startsWith('/'))?.source,
  };
}

function without(findings: readonly Finding[], known: readonly Finding[]): Finding[] {
  const nameOf = ({ code, subject, message }: Finding) =>
    code === 'bad-flag' ? `${code} ${message}` : `${code} ${subject}`;
  const names = new Set(known.map(nameOf));
  return findings.filter((finding) => !names.has(nameOf(finding)));
}

/**
 * How this dockerd is asked for its verdict on the file at `path`, with the flags it would be started with, so that
 * conflicts between both show. Null where it cannot be asked: before 23.0 there is no `--validate`, and with userns-remap it may
 * create users (moby cmd/dockerd/daemon.go verifies by loading).
 */
export function validationArgv(
  { startWords, version }: ObservedDaemon,
  { candidate, path }: { readonly candidate: Uint8Array; readonly path: string },
): [string, ...string[]] | null {
  const argv = startWords.map(({ word }) => word);
  const [program, ...words] = argv;
  const engine = parseVersion(version ?? '');
  if (program === undefined || basename(program) !== 'dockerd' || engine === null) return null;
  if (!inRange(engine, '23.0.0..')) return null;
  if (argvFlags(argv).some(({ name }) => name === '--userns-remap')) return null;
  if (Buffer.from(candidate).includes('userns-remap')) return null;
  const flags = words.filter(
    (word, index) => !word.startsWith('--config-file') && words[index - 1] !== '--config-file',
  );
  return [program, ...flags, '--validate', '--config-file', path];
}

/** dockerd's own words about the candidate, its path put right. */
export function verdictOf(
  stderr: string,
  { path, configPath }: { readonly path: string; readonly configPath: string },
): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.at(-1) ?? 'it does not say why').replaceAll(path, configPath).trim();
}
