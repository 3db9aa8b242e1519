import { causeOfRefusedReload } from '../../../core/dockerd/observed/cause.js';
import {
  type DaemonEvidence,
  proved,
  unmetExpectations,
} from '../../../core/dockerd/activation/expectation.js';
import type { ObservedDaemon } from '../../../core/dockerd/observed/observed.js';
import type { Activated } from '../../../core/plan/outcome.js';
import type { Expectation } from '../../../core/plan/plan.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import type { BeforeTelling } from './controller.js';
import { logSinceNow, type LogReader } from '../daemon-log.js';
import { engineInfo, reloadEvents, timeOf, type Engine } from '../engine.js';
import { findRun } from '../find-daemon.js';
import { isDown, externalRestart, type Run } from './external-restart.js';
import { deadline, type Deadline } from '../../systemd/deadline.js';
import { isDockerd, processOf } from '../../systemd/process.js';
import { waitFor } from '../../systemd/wait.js';

export interface ReloadRequest {
  readonly expect: readonly Expectation[];
  /** For all of it. */
  readonly timeoutMs: number;
  readonly telling: BeforeTelling;
}

/** A running daemon that can be told and asked. */
interface ReloadTarget extends Engine, Run {
  /** Now, by the clock that its events go by: dockerd's own. Milliseconds since 1970. */
  readonly since: number;
  /** The engine's own name, which its events bear; null where /info has none. */
  readonly id: string | null;
}

const SETTLE_MS = 3_000;
const SILENCE_MS = 20_000;

/**
 * Sends SIGHUP and proves that dockerd took the file: its `daemon reload` event (moby daemon/reload.go sends it only after
 * all values are in place) and then /info. `systemctl reload` answers 0 either way (moby#47353).
 * @throws no-daemon when it does not answer, daemon-refused with dockerd's own words, daemon-down when it died of it
 */
export async function reloadDaemon(
  host: Host,
  observed: ObservedDaemon,
  request: ReloadRequest,
): Promise<Activated> {
  const started = host.clock.monotonic();
  const end = deadline(host, request.timeoutMs);
  const target = await readyTarget(host, observed, end.left());
  const done = await told(target, observed, { ...request, end }).catch((error: unknown) =>
    toldByOthers(target, { ...request, end }, error),
  );
  return { ...done, action: 'reload', milliseconds: Math.round(host.clock.monotonic() - started) };
}

type Told = Pick<Activated, 'how' | 'proof'>;

interface Timed extends ReloadRequest {
  readonly end: Deadline;
}

async function told(
  target: ReloadTarget,
  observed: ObservedDaemon,
  { expect, telling, end }: Timed,
): Promise<Told> {
  const log = await logSinceNow(target.host, observed);
  const attributes = await signalled(target, {
    log,
    timeoutMs: patience(observed, end.left()),
    telling,
  });
  const evidence = await proveExpectations(target, attributes, expect);
  const kept = `dockerd kept its pid ${target.pid}`;
  return { how: 'reload', proof: ['daemon reload event seen', kept, ...proved(expect, evidence)] };
}

/** Somebody may have restarted or stopped dockerd at this very moment: that is no word of dockerd's on the file. */
async function toldByOthers(
  target: ReloadTarget,
  { expect, end }: Timed,
  error: unknown,
): Promise<Told> {
  switch (await externalRestart(target.host, target, end.left())) {
    case null:
      throw error;
    case 'stopped':
      return { how: 'overtaken', proof: ['dockerd was stopped; it reads the file when it starts'] };
    case 'restarted': {
      const evidence = await proveExpectations(target, null, expect);
      return {
        how: 'overtaken',
        proof: ['dockerd was restarted with the file', ...proved(expect, evidence)],
      };
    }
  }
}

/** Where no log tells of a refusal, silence must do; the slowest that still succeeds or dies are authorization plugins. */
function patience({ manager }: ObservedDaemon, timeoutMs: number): number {
  return manager.kind === 'process' ? Math.min(timeoutMs, SILENCE_MS) : timeoutMs;
}

/** SIGHUP before dockerd has installed its handler ends it (moby cmd/dockerd/daemon.go), so it must answer first. */
async function readyTarget(
  host: Host,
  { endpoint, pid, automaticRestarts, info }: ObservedDaemon,
  timeoutMs: number,
): Promise<ReloadTarget> {
  const seen = info !== null && pid !== null && { pid, restarts: automaticRestarts };
  const target =
    endpoint === null
      ? null
      : await waitFor(host, timeoutMs, async () => {
          const run = seen && isDockerd(host, seen.pid) ? seen : await runNow(host);
          if (run === 'down') return 'down';
          const now = run === null ? null : await engineInfo({ host, endpoint });
          if (run === null || now === null) return null;
          const since = timeOf(now) ?? host.clock.now();
          const id = typeof now.ID === 'string' && now.ID !== '' ? now.ID : null;
          return { host, endpoint, ...run, since, id };
        });
  if (target === null || target === 'down')
    throw new DockerctlError({
      code: 'no-daemon',
      message: 'dockerd does not answer, so it cannot be told to reload',
      hint: 'look at `dockerctl daemon status`, or start it: `systemctl start docker`',
    });
  return target;
}

/** The log costs a process, and a file that dockerd takes is told by its event long before. */
const LOOKS_PER_LOG = 4;

/** It may have been restarted since it was observed, and be on its way: then null. */
async function runNow(host: Host): Promise<Pick<Run, 'pid' | 'restarts'> | 'down' | null> {
  const found = await findRun(host);
  if (found === null || isDown(found)) return 'down';
  const pid = found.process?.pid ?? null;
  return pid === null ? null : { pid, restarts: found.unit?.restarts ?? 0 };
}

/** Subscribes, signals, and waits for the event, for a refusal in the log, or for the end of the process. */
async function signalled(
  target: ReloadTarget,
  {
    log,
    timeoutMs,
    telling,
  }: {
    readonly log: LogReader;
    readonly timeoutMs: number;
    readonly telling: BeforeTelling;
  },
): Promise<Readonly<Record<string, string>>> {
  const { host, pid } = target;
  const listening = new AbortController();
  const events: Readonly<Record<string, string>>[] = [];
  const listener = listen(target, listening.signal, events);
  try {
    if (!isDockerd(host, pid)) throw notDockerd(pid);
    telling('reload');
    if (!host.exec.kill(pid, 'SIGHUP')) throw died(pid, null);
    const cause = async () => causeOfRefusedReload((await log()).map(({ message }) => message));
    let looks = 0;
    const ended = await waitFor(host, timeoutMs, async () => {
      looks += 1;
      if (processOf(host, pid) === null) return 'died';
      const isLogDue = looks % LOOKS_PER_LOG === 0;
      return events.length > 0 || (isLogDue && (await cause()) !== null) ? 'answered' : null;
    });
    const [event] = events;
    if (event !== undefined) return event;
    throw ended === 'died' ? died(pid, await cause()) : refused(await cause(), timeoutMs);
  } finally {
    listening.abort();
    await listener;
  }
}

async function listen(
  target: ReloadTarget,
  signal: AbortSignal,
  events: Readonly<Record<string, string>>[],
): Promise<void> {
  try {
    for await (const { timeMs, engine, attributes } of reloadEvents(target, target.since, signal)) {
      const others = engine !== null && target.id !== null && engine !== target.id;
      const before = timeMs !== null && timeMs < target.since;
      if (!others && !before) events.push(attributes);
    }
  } catch {
    // The daemon went away, which the caller sees by its process.
  }
}

async function proveExpectations(
  target: ReloadTarget,
  reloadEvent: Readonly<Record<string, string>> | null,
  expect: readonly Expectation[],
): Promise<DaemonEvidence> {
  let unmet: readonly string[] = ['it does not answer /info'];
  const met = await waitFor(target.host, SETTLE_MS, async () => {
    const info = await engineInfo(target);
    if (info === null) return null;
    const evidence = { info, reloadEvent };
    unmet = unmetExpectations(expect, evidence);
    return unmet.length === 0 ? evidence : null;
  });
  if (met !== null) return met;
  throw new DockerctlError({
    code: 'daemon-refused',
    message: `dockerd reloaded, but does not show what was wanted: ${unmet.join('; ')}`,
    hint: 'use `--activate restart` for this change',
    details: { unmet },
  });
}

function refused(cause: string | null, timeoutMs: number): DockerctlError {
  return new DockerctlError({
    code: 'daemon-refused',
    message:
      cause === null
        ? `dockerd did not confirm the reload within ${timeoutMs / 1000} s`
        : `dockerd refused the reload: ${cause}`,
    hint: 'correct the value that it names; `dockerctl config validate` shows the place',
  });
}

function notDockerd(pid: number): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message: `process ${pid} is not dockerd, so it was sent no signal`,
    hint: 'see `dockerctl daemon status`',
  });
}

function died(pid: number, cause: string | null): DockerctlError {
  return new DockerctlError({
    code: 'daemon-down',
    message: `dockerd (pid ${pid}) ended during the reload${cause === null ? '' : `: ${cause}`}`,
    hint: 'look at `dockerctl daemon logs`',
  });
}
