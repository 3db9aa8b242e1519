import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { ActivationAction } from '../plan/plan.js';

/** What was done to dockerd for a change, and what may be done to take it back. */
export interface Told {
  /** How dockerd was told of the change, if at all. */
  readonly action: ActivationAction;
  /** What was allowed to happen to containers. */
  readonly containers: 'keep' | 'stop';
  /** The pid of the dockerd before the change; null where it is not known any more. */
  readonly pid: number | null;
  /** Whether daemon.json may take interim texts, so that containers survive a restart. */
  readonly interim: boolean;
  /** Whether the old daemon.json, or a flag, has live-restore on. */
  readonly liveRestore: boolean;
}

/**
 * How dockerd is restored to the old files: never by more than it was told of the change with.
 * `none`: it still runs on them. `reload` and `restart`: as it was told, or it is down. `live-restore-restart`: a restart
 * that running containers survive. `unanswering`: it hangs, so that it can neither be told nor say what it has.
 * `would-stop`: a restart would stop containers that were to be kept.
 */
export type RestoreChoice =
  'none' | 'reload' | 'restart' | 'live-restore-restart' | 'unanswering' | 'would-stop';

/** @param now dockerd as it is */
export function chooseRestore(now: ObservedDaemon, told: Told): RestoreChoice {
  if (told.action === 'none') return 'none';
  if (told.action === 'reload' && now.state === 'running')
    return isUnanswering(now) ? 'unanswering' : 'reload';
  if (isUntouched(now, told)) return isAsBefore(now, told) ? 'none' : 'live-restore-restart';
  return chooseRestart(now, told);
}

/** The restart was never begun: the very process from before the change answers. */
function isUntouched({ state, pid, info }: ObservedDaemon, told: Told): boolean {
  return state === 'running' && pid !== null && pid === told.pid && info !== null;
}

/** Live-restore may have been switched on for the restart. */
function isAsBefore({ info }: ObservedDaemon, told: Told): boolean {
  return !told.interim || (info?.LiveRestoreEnabled === true) === told.liveRestore;
}

function chooseRestart(now: ObservedDaemon, told: Told): RestoreChoice {
  if (told.containers === 'stop' || now.containers.length === 0) return 'restart';
  // Nobody can say whether it would leave them alone when it ends.
  if (isUnanswering(now)) return 'unanswering';
  const isOn = now.state !== 'running' || now.info?.LiveRestoreEnabled === true;
  if (told.liveRestore && isOn) return 'restart';
  return told.interim ? 'live-restore-restart' : 'would-stop';
}

function isUnanswering({ silence }: ObservedDaemon): boolean {
  return silence !== null && silence !== 'starting';
}
