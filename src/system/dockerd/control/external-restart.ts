import type { EngineEndpoint } from '../../../core/dockerd/observed/observed.js';
import type { Host } from '../../../host/host.js';
import { ping } from '../engine.js';
import { findRun, type DaemonRun } from '../find-daemon.js';
import { waitFor } from '../../systemd/wait.js';

/** The run of dockerd that was to be told. */
export interface Run {
  readonly pid: number;
  readonly endpoint: EngineEndpoint;
  /** How often systemd had started it again by itself. */
  readonly restarts: number;
}

/** What is neither up nor being started for so long was stopped, and stays so. */
const STOPPED_MS = 3_000;

/**
 * What somebody else made of a dockerd while it was told: it runs anew, or was stopped. null: it runs as it did, or it
 * ended by itself, which systemd counts (NRestarts=) and calls a failure.
 */
export async function externalRestart(
  host: Host,
  run: Run,
  timeoutMs: number,
): Promise<'restarted' | 'stopped' | null> {
  const started = host.clock.monotonic();
  const became = await waitFor(host, timeoutMs, async () => {
    const found = await findRun(host);
    if (found === null || endedByItself(found, run)) return 'ended';
    if (isSettled(found)) {
      const { process } = found;
      if (process?.pid === run.pid) return 'the same';
      if (process !== null && (await ping({ host, endpoint: run.endpoint }))) return 'restarted';
    }
    const waited = host.clock.monotonic() - started >= STOPPED_MS;
    if (!waited || !isDown(found)) return null;
    return found.unit === null ? 'ended' : 'stopped';
  });
  return became === 'restarted' || became === 'stopped' ? became : null;
}

function endedByItself({ unit }: DaemonRun, { restarts }: Run): boolean {
  if (unit === null) return false;
  const failed = unit.activeState === 'failed' || unit.subState === 'auto-restart';
  return failed || unit.restarts > restarts;
}

function isSettled({ unit }: DaemonRun): boolean {
  return unit === null || (unit.activeState === 'active' && !unit.busy);
}

/** Neither does it run nor is it being started. Where only its process is not seen, the next look may see another. */
export function isDown({ unit, process }: DaemonRun): boolean {
  if (unit === null) return process === null;
  return ['inactive', 'failed'].includes(unit.activeState) && !unit.busy;
}
