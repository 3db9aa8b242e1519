import type { ObservedDaemon } from '../../../core/dockerd/observed/observed.js';
import type { Activated } from '../../../core/plan/outcome.js';
import type { Host } from '../../../host/host.js';
import { endedContainers, lostFromSight, takeInventory } from './after-restart.js';
import { restartWithLiveRestore, keptContainers, switchBack } from './live-restore-restart.js';
import type { ActivationRequest, RestoreRequest } from './controller.js';
import { ping } from '../engine.js';
import { findRun } from '../find-daemon.js';
import { reloadDaemon } from './reload.js';
import { endedBefore, startedSince } from './started-containers.js';
import { restartDaemon } from './restart.js';
import { startUnits } from '../../systemd/control-unit.js';
import { deadline } from '../../systemd/deadline.js';

/** The old files have run before: only that they still do is looked at. */
const RESTORED_MS = 1_000;

/** Whoever brings back has noted long since that dockerd was told. */
const NOTED = () => undefined;

/**
 * Makes dockerd notice its files, and returns once it is seen to have done so.
 * @throws no-daemon, cannot-restart, daemon-refused, daemon-down: with dockerd's own words where it has any
 */
export async function activate(
  host: Host,
  observed: ObservedDaemon,
  request: ActivationRequest,
): Promise<Activated | null> {
  switch (request.action) {
    case 'none':
      return null;
    case 'reload':
      request.progress?.('Reloading dockerd');
      return reloadDaemon(host, observed, request);
    case 'restart':
      return restarted(host, observed, request);
  }
}

/**
 * Makes dockerd run on files that were put back, by this action and no other. Proves only that it is up, as it was before.
 * @throws no-daemon, daemon-refused where a reload was not taken; daemon-down when dockerd is not up
 */
export async function reactivate(
  host: Host,
  observed: ObservedDaemon,
  request: RestoreRequest,
): Promise<void> {
  const { action } = request;
  if (action === 'none') return;
  if (action === 'reload') {
    await reloadOldFile(host, observed, request);
    return;
  }
  await restored(host, observed, request);
  if (observed.manager.kind === 'systemd')
    await startUnits(host, observed.manager, request.dependents);
}

/** By the texts that take back what the old file is silent about, where there are any. */
async function reloadOldFile(
  host: Host,
  observed: ObservedDaemon,
  { timeoutMs, interimConfig, switchOff }: RestoreRequest,
): Promise<void> {
  const { reset, off, end } = interimConfig?.texts ?? {};
  const texts = [reset, switchOff === true ? off : undefined].filter((text) => text !== undefined);
  if (interimConfig === null || texts.length === 0) {
    await reloaded(host, observed, timeoutMs);
    return;
  }
  try {
    for (const text of texts) {
      interimConfig.write(text);
      await reloaded(host, observed, timeoutMs);
    }
  } finally {
    interimConfig.write(end ?? null);
  }
}

async function restored(
  host: Host,
  observed: ObservedDaemon,
  { timeoutMs, interimConfig, bridgeReset }: RestoreRequest,
): Promise<void> {
  const stableMs = RESTORED_MS;
  const request = {
    ...{ expect: [], timeoutMs, stableMs, telling: NOTED },
    ...({ late: 'leave', lost: 'tell' } as const),
  };
  const whole = deadline(host, timeoutMs);
  await resetBridge(host, observed, { bridgeReset, timeoutMs, telling: NOTED }).catch(
    () => undefined,
  );
  if (interimConfig === null)
    await restartDaemon(host, observed, { ...request, timeoutMs: whole.left() });
  else if (interimConfig.oldPid !== null && (await answersAs(host, observed, interimConfig.oldPid)))
    await switchBack(host, observed, { ...request, ...interimConfig });
  else await restartWithLiveRestore(host, observed, { ...request, ...interimConfig });
}

async function restarted(
  host: Host,
  observed: ObservedDaemon,
  request: ActivationRequest,
): Promise<Activated> {
  const begin = host.clock.monotonic();
  const { interimConfig, progress } = request;
  const listed = await takeInventory(host, observed);
  const notRunning = await endedBefore(host, observed);
  const runs = observed.state === 'running';
  if (interimConfig === null) progress?.(runs ? 'Restarting dockerd' : 'Starting dockerd');
  const shown =
    interimConfig === null
      ? await restartAlone(host, observed, request)
      : await restartWithLiveRestore(host, observed, { ...request, ...interimConfig });
  const ended = request.containers === 'stop' ? await endedContainers(host, observed) : undefined;
  const started = await startedSince(host, observed, notRunning);
  const outOfSight = await lostFromSight(host, observed, listed);
  return {
    action: 'restart',
    how: interimConfig !== null ? 'live-restore-bridge' : runs ? 'restart' : 'start',
    milliseconds: Math.round(host.clock.monotonic() - begin),
    proof: ['dockerd is up and stays up', ...shown],
    ...ended,
    ...(started.length > 0 && { started }),
    ...(outOfSight !== null && { outOfSight }),
  };
}

async function restartAlone(
  host: Host,
  observed: ObservedDaemon,
  request: ActivationRequest,
): Promise<string[]> {
  const whole = deadline(host, request.timeoutMs);
  await resetBridge(host, observed, request);
  const shown = await restartDaemon(host, observed, { ...request, timeoutMs: whole.left() });
  const kept = request.containers === 'keep' ? await keptContainers(host, observed) : [];
  const made = request.bridgeReset === undefined ? [] : ['docker0 was made anew'];
  return [...shown, ...kept, ...made];
}

/** Takes docker0 away, so that the start that follows makes it anew. daemon.json ends as it is to be. */
async function resetBridge(
  host: Host,
  observed: ObservedDaemon,
  {
    bridgeReset,
    timeoutMs,
    telling,
  }: Pick<ActivationRequest, 'bridgeReset' | 'timeoutMs' | 'telling'>,
): Promise<void> {
  if (bridgeReset === undefined) return;
  const { text, end, write } = bridgeReset;
  write(text);
  try {
    await restartDaemon(host, observed, { expect: [], timeoutMs, stableMs: 0, telling });
  } finally {
    write(end);
  }
}

/** It was never restarted, so it runs with the old file still. */
async function answersAs(host: Host, { endpoint }: ObservedDaemon, pid: number): Promise<boolean> {
  const now = (await findRun(host))?.process?.pid;
  return now === pid && endpoint !== null && (await ping({ host, endpoint }));
}

/** A daemon that refuses the old file too, but lives, still runs as before. */
async function reloaded(host: Host, observed: ObservedDaemon, timeoutMs: number): Promise<void> {
  try {
    await reloadDaemon(host, observed, { expect: [], timeoutMs, telling: NOTED });
  } catch (error) {
    const { endpoint } = observed;
    if (endpoint === null || !(await ping({ host, endpoint }))) throw error;
  }
}
