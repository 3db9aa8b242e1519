import { bytesIn } from '../../core/dockerd/config/file.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import {
  isOfProcess,
  type ProcessIdentity,
  type StartRecord,
} from '../../core/dockerd/running/start-record.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import type { Host } from '../../host/host.js';
import { replaceDurably } from '../history/journal.js';
import { readBootId } from '../systemd/boot-id.js';
import { readText, startTicks } from '../systemd/process.js';
import { findRun } from './find-daemon.js';

/** null when it is gone. */
export function identityOf(host: Host, pid: number): ProcessIdentity | null {
  const [bootId, ticks] = [readBootId(host), startTicks(host, pid)];
  return bootId === null || ticks === null ? null : { pid, bootId, ticks };
}

/** What we noted of the start of this very process; null where somebody else started it. */
export function readStartRecord(
  host: Host,
  { pid, configPath }: { readonly pid: number; readonly configPath: string },
): StartRecord | null {
  const identity = identityOf(host, pid);
  const record = parse(readText(host, statePaths(host.self).started));
  const fits = identity !== null && record !== null && isOfProcess(record, identity);
  return fits && record.configPath === configPath ? record : null;
}

/**
 * Carries out what may start dockerd anew, and notes what the new process was started with: `interim` where daemon.json took
 * another text for the start, else the file, if it is the same before and after. Where that cannot be written down, other
 * witnesses have to do.
 */
export async function recordingStart<Result>(
  host: Host,
  { observed: { pid, configPath }, interim }: Start,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = readText(host, configPath);
  const old = pid === null ? null : identityOf(host, pid);
  const result = await work();
  // A reload: the same process runs, and systemd need not be asked which.
  if (old !== null && isSameProcess(host, old)) return result;
  const now = (await findRun(host))?.process?.pid ?? null;
  const fresh = now === null ? null : identityOf(host, now);
  if (fresh === null || (old !== null && isOfProcess(old, fresh))) return result;
  const startedWith = interim ?? (readText(host, configPath) === before ? before : undefined);
  if (startedWith !== undefined) write(host, { ...fresh, configPath, startedWith, by: 'start' });
  return result;
}

/**
 * Before a file is changed, and whenever the agent looks: where it is older than a dockerd that somebody else started, its
 * text is noted as what that was started with.
 */
export function noteStarted(host: Host, observed: ObservedDaemon): void {
  const { state, pid, configPath, configFile, witnesses } = observed;
  const isNoted = witnesses.record !== null || witnesses.fileIsOlder !== true;
  if (host.self.root !== null || state !== 'running' || pid === null || isNoted) return;
  const identity = identityOf(host, pid);
  const bytes = bytesIn(configFile);
  const startedWith = bytes === null ? null : Buffer.from(bytes).toString('utf8');
  if (identity !== null) write(host, { ...identity, configPath, startedWith, by: 'times' });
}

function isSameProcess(host: Host, old: ProcessIdentity): boolean {
  const now = identityOf(host, old.pid);
  return now !== null && isOfProcess(old, now);
}

interface Start {
  readonly observed: ObservedDaemon;
  /** What stood in daemon.json while dockerd was started; null: the file as it is. */
  readonly interim: string | null;
}

function write(host: Host, record: StartRecord): void {
  try {
    replaceDurably(host, statePaths(host.self).started, `${JSON.stringify(record)}\n`);
  } catch {
    return;
  }
}

function parse(text: string | null): StartRecord | null {
  try {
    return JSON.parse(text ?? 'null') as StartRecord | null;
  } catch {
    return null;
  }
}
