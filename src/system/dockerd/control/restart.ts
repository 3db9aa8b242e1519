import { causeOfFailedStart, lastWait } from '../../../core/dockerd/observed/cause.js';
import { proved, unmetExpectations } from '../../../core/dockerd/activation/expectation.js';
import type { ObservedDaemon } from '../../../core/dockerd/observed/observed.js';
import type { Expectation } from '../../../core/plan/plan.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import type { BeforeTelling } from './controller.js';
import { logSinceNow, type LogReader } from '../daemon-log.js';
import { engineInfo, ping } from '../engine.js';
import { supervisorOf, type Supervisor } from './supervisor.js';
import { deadline, type Deadline } from '../../systemd/deadline.js';
import { waitFor } from '../../systemd/wait.js';

export interface RestartRequest {
  readonly expect: readonly Expectation[];
  /** How long all of it may take: the end of the dockerd that ran, its start, and that it then stays up. */
  readonly timeoutMs: number;
  /** How long it must stay up: longer than what a crash loop needs to show. */
  readonly stableMs?: number;
  readonly telling: BeforeTelling;
  /** What becomes of a start that takes too long: it is ended, or, where the file is a good one, left to come up. */
  readonly late?: 'end' | 'leave';
}

const STABLE_MS = 3_000;
const SETTLE_MS = 5_000;

/**
 * Restarts dockerd, or starts it, and returns once it is up, shows what is expected, and stays up: with what it showed.
 * @throws cannot-restart where nobody supervises dockerd; daemon-down with dockerd's own words when it does not come up;
 * daemon-refused when it is up and does not show what was wanted
 */
export async function restartDaemon(
  host: Host,
  observed: ObservedDaemon,
  request: RestartRequest,
): Promise<string[]> {
  const supervisor = supervisorOf(host, observed);
  const log = await logSinceNow(host, observed);
  const end = deadline(host, request.timeoutMs);
  request.telling('restart');
  const before = await supervisor.start();
  await comeUp({ host, observed, request, supervisor, log, before, end });
  const proof = await proveExpectations(host, observed, request.expect);
  await stayUp({ host, observed, request, supervisor, log, before, end });
  return proof;
}

interface Attempt {
  readonly host: Host;
  readonly observed: ObservedDaemon;
  readonly request: RestartRequest;
  readonly supervisor: Supervisor;
  readonly log: LogReader;
  /** Names the run of dockerd that is to end. */
  readonly before: string;
  readonly end: Deadline;
}

async function comeUp(attempt: Attempt): Promise<void> {
  const { host, observed, request, supervisor, before, end } = attempt;
  const { endpoint } = observed;
  const begun = await waitFor(host, end.left(), async () => {
    const { run, failed } = await supervisor.look();
    return failed || run !== before || null;
  });
  if (begun === null) throw stillStopping(request.timeoutMs);
  const up = await waitFor(host, end.left(), async () => {
    const { run, active, failed } = await supervisor.look();
    if (failed) return 'failed';
    if (!active || run === before) return null;
    return endpoint === null || (await ping({ host, endpoint })) ? 'up' : null;
  });
  if (up === 'up') return;
  if (up === 'failed') throw await down(attempt, 'did not start');
  const late = `did not come up within ${inSeconds(request.timeoutMs)}`;
  if (request.late !== 'leave') throw await down(attempt, late);
  throw stillStarting(late);
}

function inSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}

/** It may be giving its containers time to end: nobody kills it, and systemd starts it once it is through. */
function stillStopping(timeoutMs: number): DockerctlError {
  return new DockerctlError({
    code: 'daemon-down',
    message: `the dockerd that ran has not ended within ${inSeconds(timeoutMs)}; its restart is queued, and goes on by itself`,
    hint: 'give it more time with `--timeout`; see it with `dockerctl daemon status`',
  });
}

/** On files that it has run with: to end it would help nobody. */
function stillStarting(what: string): DockerctlError {
  return new DockerctlError({
    code: 'daemon-down',
    message: `dockerd ${what}, and is still being started`,
    hint: 'see whether it comes up with `dockerctl daemon status`, and what it says with `dockerctl daemon logs`',
  });
}

async function stayUp(attempt: Attempt): Promise<void> {
  const { host, observed, request, supervisor, end } = attempt;
  const { run } = await supervisor.look();
  const fell = await waitFor(
    host,
    Math.min(request.stableMs ?? STABLE_MS, end.left()),
    async () => {
      const now = await supervisor.look();
      if (now.failed) return 'ended';
      return !now.active || now.run !== run ? 'overtaken' : null;
    },
  );
  if (fell === 'ended') throw await down(attempt, 'started and ended again');
  if (fell === null) return;
  // Somebody else restarts it too: it has to come up once more, and that is no word of dockerd's on the file.
  await comeUp({ ...attempt, before: '' });
  await proveExpectations(host, observed, request.expect);
}

async function proveExpectations(
  host: Host,
  { endpoint }: ObservedDaemon,
  expect: readonly Expectation[],
): Promise<string[]> {
  if (endpoint === null) return [];
  let unmet: readonly string[] = ['it does not answer /info'];
  const met = await waitFor(host, SETTLE_MS, async () => {
    const info = await engineInfo({ host, endpoint });
    if (info === null) return null;
    const evidence = { info, reloadEvent: null };
    unmet = unmetExpectations(expect, evidence);
    return unmet.length === 0 ? proved(expect, evidence) : null;
  });
  if (met !== null) return met;
  throw new DockerctlError({
    code: 'daemon-refused',
    message: `dockerd restarted, but does not show what was wanted: ${unmet.join('; ')}`,
    hint: 'compare the file with `dockerctl config show --effective`',
    details: { unmet },
  });
}

/**
 * Ends the attempt. A supervisor that tried again just while the old files come back, or a client that has the socket start
 * dockerd, would start it on half of them, or on the new ones once more.
 */
async function down(
  { log, before, supervisor, request, observed: { manager } }: Attempt,
  what: string,
): Promise<DockerctlError> {
  const lines = (await log()).filter(
    ({ invocation }) => invocation === '' || invocation !== before,
  );
  await supervisor.kill({ holdSocket: request.late !== 'leave' });
  const messages = lines.map(({ message }) => message);
  const cause = causeOfFailedStart(messages) ?? lastWait(messages);
  const silent = manager.kind === 'systemd' && messages.length === 0;
  return new DockerctlError({
    code: 'daemon-down',
    message: `dockerd ${what}${cause === null ? '' : `: ${cause}`}${silent ? ' and said nothing' : ''}`,
    hint: silent
      ? `look at \`journalctl -u ${manager.unit} -n 20\`: systemd says what it ran, and how that ended`
      : 'look at `dockerctl daemon logs` and `dockerctl doctor`',
  });
}
