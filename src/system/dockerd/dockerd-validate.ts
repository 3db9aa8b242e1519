import { join } from 'node:path';
import { dockerdsWords, validationArgv } from '../../core/dockerd/validate/dockerd-validate.js';
import { newFlagErrors } from '../../core/dockerd/validate/new-flags.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import {
  candidateOf,
  hasNewFlags,
  NO_FILE,
  verdictOn,
} from '../../core/dockerd/validate/check-candidate.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import { STOPPING, variableFaults } from '../../core/dockerd/validate/variables.js';
import type { Finding } from '../../core/plan/finding.js';
import { onFile } from '../../core/text/file-error.js';
import type { FileChange, Plan } from '../../core/plan/plan.js';
import { printable } from '../../core/text/printable.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Host, RunResult } from '../../host/host.js';
import { readHostFacts } from './host-facts.js';

/**
 * A restart takes the flags and variables that the unit has by now, whoever edited it. `changes`: what is written before it.
 * @throws invalid-config with the first of them with which dockerd would not start
 */
export function refuseNextStart(
  host: Host,
  observed: ObservedDaemon,
  changes: readonly FileChange[] = [],
): void {
  refuseNewFlags(host, observed);
  // Where it is down nothing is lost; a change of the unit may be what mends it.
  if (observed.state !== 'running' || changes.some(({ path }) => isOfUnit(path))) return;
  const { startEnvironment } = observed.witnesses;
  if (!STOPPING.some((name) => startEnvironment.has(name))) return;
  const [first] = variableFaults(observed, readHostFacts(host, observed));
  if (first === undefined) return;
  throw new DockerctlError({
    code: 'invalid-config',
    message: `dockerd would not start again, by the environment of its unit (${first.source}): ${first.message}`,
    hint: '`dockerctl doctor --fix unit-variable-stops`; or --no-validate, if dockerd should have the last word',
  });
}

/**
 * A restart for something else reads daemon.json, too: the one that lies there, where the plan has no other.
 * @throws invalid-config where a dockerd that runs would not start again with it
 */
export function refuseFileAsItIs(
  host: Host,
  observed: ObservedDaemon,
  changes: readonly FileChange[],
): void {
  const { state, configFile, configPath } = observed;
  if (state !== 'running' || changes.some(({ path }) => path === configPath)) return;
  const bytes = bytesIn(configFile) ?? NO_FILE;
  const { starts, findings } = verdictOn(bytes, observed, readHostFacts(host, observed));
  if (starts) return;
  const errors = findings.filter(({ severity }) => severity === 'error').map(placed);
  throw new DockerctlError({
    code: 'invalid-config',
    message: `this restarts dockerd, which would not start again with ${configPath} as it is: ${errors.join('; ')}`,
    hint: 'see `dockerctl config validate`; `--no-validate` lets dockerd judge',
  });
}

const isOfUnit = (path: string): boolean => /\/systemd\/(?:system|user)\//.test(path);

function refuseNewFlags(host: Host, observed: ObservedDaemon): void {
  if (!hasNewFlags(observed)) return;
  const [first] = newFlagErrors(observed, readHostFacts(host, observed));
  if (first === undefined) return;
  throw new DockerctlError({
    code: 'invalid-config',
    message: `dockerd would not start again: its unit was edited since it was started, and ${first.message}`,
    hint: `${first.hint}, then \`systemctl daemon-reload\`; or --no-validate, if dockerd should have the last word`,
  });
}

/**
 * Asks this very dockerd for its verdict on the file it would read after the plan, where it has one to give. A verdict of
 * `OK` proves little (facts are proved after the activation); a refusal saves a restart. The lock is held.
 * @throws invalid-config with dockerd's own words
 */
export async function askDockerd(host: Host, plan: Plan, observed: ObservedDaemon): Promise<void> {
  const candidate = candidateOf(plan, observed);
  const path = join(statePaths(host.self).runFolder, 'candidate.json');
  const argv = candidate && validationArgv(observed, { candidate, path });
  if (candidate === null || argv === null) return;
  const result = await withFile(host, { path, bytes: candidate }, () => run(host, argv));
  if (result?.status !== 1) return;
  const { configPath } = observed;
  const words = printable(dockerdsWords(result.stderr, { path, configPath }), 1000);
  // What was wrong before is no reason to refuse for us, but it is for dockerd: our verdict has its place.
  const stopping = verdictOn(candidate, observed, readHostFacts(host, observed)).findings;
  const known = stopping.find(({ severity }) => severity === 'error');
  throw new DockerctlError({
    code: 'invalid-config',
    message: `dockerd would refuse the new ${configPath}: ${known === undefined ? words : `${placed(known)} (dockerd: ${words})`}`,
    hint:
      known === undefined
        ? 'correct the value; `dockerctl config validate` says what this dockerd expects'
        : `${known.hint}: \`dockerctl config edit\``,
  });
}

function placed({ path, line, column, message }: Finding): string {
  return [[path, line, column].filter((part) => part !== undefined).join(':'), message]
    .filter((part) => part !== '')
    .join(': ');
}

async function withFile<Result>(
  { fs }: Host,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  use: () => Promise<Result>,
): Promise<Result> {
  const remove = () => {
    onFile(path, 'write', () => {
      if (fs.stat(path) !== null) fs.unlink(path);
    });
  };
  remove();
  onFile(path, 'write', () => {
    fs.create(path, bytes);
  });
  try {
    return await use();
  } finally {
    onFile(path, 'write', remove);
  }
}

/** Null when no dockerd binary could be run. */
async function run(host: Host, argv: [string, ...string[]]): Promise<RunResult | null> {
  try {
    return await host.exec.run(argv, { timeoutMs: 15_000 });
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes(systemErrorCode(error) ?? '')) return null;
    throw error;
  }
}
