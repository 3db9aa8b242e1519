import type { InterimTexts } from '../../../core/dockerd/restart/live-restore.js';
import type { ObservedDaemon, RunningContainer } from '../../../core/dockerd/observed/observed.js';
import { compareContainers, namesOf } from '../../../core/transaction/as-before.js';
import type { Expectation } from '../../../core/plan/plan.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { engineInfo, ping } from '../engine.js';
import { runningContainers } from '../engine-lists.js';
import { containerIds } from '../engine-lists.js';
import type { WriteInterim } from './controller.js';
import { reloadDaemon } from './reload.js';
import { restartDaemon, type RestartRequest } from './restart.js';
import { deadline } from '../../systemd/deadline.js';
import { waitFor } from '../../systemd/wait.js';

/** A restart that running containers must survive. */
export interface LiveRestoreRequest extends RestartRequest {
  readonly texts: InterimTexts;
  readonly write: WriteInterim;
  readonly progress?: (message: string) => void;
  /** What becomes of a restart that lost containers: it has failed, or, on the way back, whoever looks then tells. */
  readonly lost?: 'fail' | 'tell';
}

const SEEN_MS = 5_000;

/**
 * Restarts dockerd with live-restore switched on for as long as it takes, so that the containers run on
 * (docker docs, "Live restore"). daemon.json ends as `texts.end`. Returns what was seen, as proof.
 * @throws as a reload and a restart do; daemon.json may then hold any of the interim texts
 */
export async function restartWithLiveRestore(
  host: Host,
  observed: ObservedDaemon,
  request: LiveRestoreRequest,
): Promise<string[]> {
  const { texts, write, progress, telling } = request;
  const end = deadline(host, request.timeoutMs);
  const rest = () => ({ telling, timeoutMs: end.left() });
  write(texts.first ?? texts.on);
  if (await isUp(host, observed)) {
    progress?.('Switching live-restore on, by reload');
    await reloadDaemon(host, observed, { expect: [liveRestore(true)], ...rest() });
  }
  if (texts.first !== undefined) write(texts.on);
  progress?.('Restarting dockerd');
  const shown = await restartDaemon(host, observed, {
    ...request,
    ...rest(),
    expect: provable(request),
  });
  const kept = [...shown, ...(request.lost === 'tell' ? [] : await keptContainers(host, observed))];
  if (texts.end === texts.on) return kept;
  progress?.('Switching live-restore off again, by reload');
  write(texts.off);
  await reloadDaemon(host, observed, { expect: [liveRestore(false)], ...rest() });
  if (texts.end !== texts.off) write(texts.end);
  return [...kept, 'live-restore is off again'];
}

/**
 * Restores a daemon that was told of a new file and not restarted: what it took by reload is reloaded from the old
 * file. One that refuses the old file too is left alone, if live-restore is as it was.
 */
export async function switchBack(
  host: Host,
  observed: ObservedDaemon,
  { texts, write, timeoutMs, telling }: LiveRestoreRequest,
): Promise<void> {
  const { endpoint, info: before } = observed;
  const wasOn = before?.LiveRestoreEnabled === true;
  write(wasOn ? texts.on : texts.off);
  try {
    await reloadDaemon(host, observed, { expect: [liveRestore(wasOn)], timeoutMs, telling });
  } catch (error) {
    const now = endpoint && (await engineInfo({ host, endpoint }));
    if (now?.LiveRestoreEnabled !== wasOn) throw error;
  }
  write(texts.end);
}

/** What a daemon with live-restore on can show: that it is off is proved at the end. */
function provable({ texts, expect }: LiveRestoreRequest): readonly Expectation[] {
  return texts.end === texts.on
    ? expect
    : expect.filter((one) => !('key' in one) || one.key !== 'live-restore');
}

/**
 * The proof that the containers which ran before still do, as the same processes.
 * @throws containers-lost, with those that do not: they were to be kept
 */
export async function keptContainers(host: Host, observed: ObservedDaemon): Promise<string[]> {
  const { endpoint, containers } = observed;
  if (endpoint === null || containers.length === 0) return [];
  const strangers = await unlisted(host, observed);
  const ours = containers.filter(({ id }) => !strangers.some((one) => one.id === id));
  let lost: readonly RunningContainer[] = [];
  const kept = await waitFor(host, SEEN_MS, async () => {
    const { stopped, anew } = compareContainers(ours, await running(observed, host));
    lost = [...stopped, ...anew];
    return lost.length === 0 || null;
  });
  const all = ours.length;
  const aside =
    strangers.length === 0
      ? []
      : [
          `${namesOf(strangers)} ${strangers.length === 1 ? 'runs' : 'run'} below containerd, and this dockerd does not list ${strangers.length === 1 ? 'it' : 'them'}`,
        ];
  if (kept !== null)
    return [
      ...(all === 0 ? [] : [`${all} of ${all} running containers kept their pids`]),
      ...aside,
    ];
  throw new DockerctlError({
    code: 'containers-lost',
    message: `${lost.length} of ${all} containers that were to be kept did not outlive the restart: ${namesOf(lost)}`,
    hint: 'see what runs with `docker ps -a`',
    details: { lost },
  });
}

/**
 * What a dockerd that was down was seen to have, and does not know: containers of another data root or storage driver,
 * whose processes outlived theirs. No start of it can keep them, nor lose them.
 */
async function unlisted(
  host: Host,
  { state, endpoint, containers }: ObservedDaemon,
): Promise<RunningContainer[]> {
  if (state === 'running' || endpoint === null) return [];
  const listed = await containerIds({ host, endpoint }).catch(() => null);
  return listed === null ? [] : containers.filter(({ id }) => !listed.has(id));
}

async function running({ endpoint }: ObservedDaemon, host: Host): Promise<RunningContainer[]> {
  return endpoint === null ? [] : await runningContainers({ host, endpoint }).catch(() => []);
}

function liveRestore(value: boolean): Expectation {
  return {
    kind: 'info',
    pointer: '/LiveRestoreEnabled',
    match: 'equals',
    value,
    key: 'live-restore',
  };
}

async function isUp(host: Host, { endpoint }: ObservedDaemon): Promise<boolean> {
  return endpoint !== null && (await ping({ host, endpoint }));
}
