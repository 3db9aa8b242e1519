import { causeOfFailedStart, lastWait } from '../../core/dockerd/observed/cause.js';
import { unmetExpectations } from '../../core/dockerd/activation/expectation.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Expectation } from '../../core/plan/plan.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { logSinceNow, type LogReader } from './daemon-log.js';
import { engineInfo, ping } from './engine.js';
import { supervisorOf, type Supervisor } from './supervisor.js';
import { waitFor } from '../systemd/wait.js';

export interface RestartRequest {
  readonly expect: readonly Expectation[];
  /** How long dockerd may take to be healthy, from the moment it was started. */
  readonly timeoutMs: number;
  /** How long it must then stay up: longer than what a crash loop needs to show. */
  readonly stableMs?: number;
}

/** TimeoutStopSec's default: stopping containers may take as long. */
const STOP_MS = 95_000;
const STABLE_MS = 3_000;
const SETTLE_MS = 5_000;

/**
 * Restarts dockerd, or starts it, and returns once it is up, shows what is expected, and stays up.
 * @throws cannot-restart where nobody supervises dockerd; daemon-down with dockerd's own words when it does not come up;
 * daemon-refused when it is up and does not show what was wanted
 */
export async function restartDaemon(
  host: Host,
  observed: ObservedDaemon,
  request: RestartRequest,
): Promise<void> {
  const supervisor = supervisorOf(host, observed);
  const log = await logSinceNow(host, observed);
  const before = await supervisor.start();
  await comeUp({ host, observed, request, supervisor, log, before });
  await proveExpectations(host, observed, request.expect);
  await stayUp({ host, observed, request, supervisor, log, before });
}

interface Attempt {
  readonly host: Host;
  readonly observed: ObservedDaemon;
  readonly request: RestartRequest;
  readonly supervisor: Supervisor;
  readonly log: LogReader;
  /** Names the run of dockerd that is to end. */
  readonly before: string;
}

async function comeUp(attempt: Attempt): Promise<void> {
  const { host, observed, request, supervisor, before } = attempt;
  const { endpoint } = observed;
  const begun = await waitFor(host, STOP_MS, async () => {
    const { run, failed } = await supervisor.look();
    return failed || run !== before || null;
  });
  const up = await waitFor(host, begun === null ? 0 : request.timeoutMs, async () => {
    const { run, active, failed } = await supervisor.look();
    if (failed) return 'failed';
    if (!active || run === before) return null;
    return endpoint === null || (await ping({ host, endpoint })) ? 'up' : null;
  });
  if (up === 'up') return;
  throw await down(
    attempt,
    up === null ? `did not come up within ${request.timeoutMs / 1000} s` : 'did not start',
  );
}

async function stayUp(attempt: Attempt): Promise<void> {
  const { host, observed, request, supervisor } = attempt;
  const { run } = await supervisor.look();
  const fell = await waitFor(host, request.stableMs ?? STABLE_MS, async () => {
    const now = await supervisor.look();
    if (now.failed) return 'ended';
    return !now.active || now.run !== run ? 'overtaken' : null;
  });
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
): Promise<void> {
  if (endpoint === null) return;
  let unmet: readonly string[] = ['it does not answer /info'];
  const met = await waitFor(host, SETTLE_MS, async () => {
    const info = await engineInfo({ host, endpoint });
    if (info !== null) unmet = unmetExpectations(expect, { info, reloadEvent: null });
    return unmet.length === 0 || null;
  });
  if (met === null)
    throw new DockerctlError({
      code: 'daemon-refused',
      message: `dockerd restarted, but does not show what was wanted: ${unmet.join('; ')}`,
      hint: 'compare the file with `dockerctl config show --effective`',
      details: { unmet },
    });
}

/** Ends the attempt. A supervisor that tried again just while the old files come back would start dockerd on half of them. */
async function down(
  { log, before, supervisor, observed: { manager } }: Attempt,
  what: string,
): Promise<DockerctlError> {
  const lines = (await log()).filter(
    ({ invocation }) => invocation === '' || invocation !== before,
  );
  await supervisor.kill();
  const messages = lines.map(({ message }) => message);
  const cause = causeOfFailedStart(messages) ?? lastWait(messages);
  const silent = manager.kind === 'systemd' && messages.length === 0;
  return new DockerctlError({
    code: 'daemon-down',
    message: `dockerd ${what}${cause === null ? '' : `: ${cause}`}${silent ? ' and said nothing' : ''}`,
    hint: silent
      ? `look at \`journalctl -u ${manager.unit} -n 20\`: systemd says what it ran, and how that ended`
      : 'look at `dockerctl daemon logs`',
  });
}
