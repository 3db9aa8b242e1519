import { passingTexts } from '../../core/dockerd/activation/live-restore.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { planRestart } from '../../core/dockerd/activation/plan-restart.js';
import type { ActivationAction, Plan } from '../../core/plan/plan.js';
import { undoOf } from '../../core/dockerd/config/undo.js';
import { bringBack } from './restore-daemon.js';
import type { DaemonDeeds, Passage, WritePassing } from '../dockerd/controller.js';
import type { Work } from './request.js';

export interface Telling {
  readonly daemon: DaemonDeeds;
  /** Null where dockerd has no part in the plan. */
  readonly observed: ObservedDaemon | null;
  readonly action: ActivationAction;
  readonly containers: 'keep' | 'stop';
  readonly config: string | null;
  readonly timeoutMs: number;
  readonly progress?: ((message: string) => void) | undefined;
}

export type DaemonsPart = Pick<
  Work,
  'plan' | 'undo' | 'wasRunning' | 'version' | 'passing' | 'activate' | 'restoreDaemon'
>;

/**
 * How dockerd is told of a plan, and brought back. The plan may say more afterwards, to carry containers through a restart.
 * @throws containers-would-stop, cannot-restart
 */
export function daemonsPart(plan: Plan, telling: Telling): DaemonsPart {
  const { daemon, observed, action, containers, config, timeoutMs, progress } = telling;
  const undo = undoOf(plan, observed);
  if (observed === null) return { ...WITHOUT_DAEMON, plan, undo };
  const prepared = planRestart(plan, observed, { action, containers });
  const passage = (way: 'forth' | 'back', write: WritePassing): Passage | null =>
    prepared.carry && { crossing: prepared.carry[way], write, oldPid: observed.pid };
  return {
    plan: prepared.plan,
    undo,
    wasRunning: observed.state === 'running',
    version: observed.version,
    passing: prepared.carry && {
      path: observed.configPath,
      texts: passingTexts(prepared.carry),
    },
    activate:
      action === 'none'
        ? null
        : (write) =>
            daemon.activate(observed, {
              action,
              expect: plan.expect,
              containers,
              timeoutMs,
              passage: passage('forth', write),
              ...(progress && { progress }),
            }),
    restoreDaemon: (restored, write, kept) => {
      progress?.('Bringing back the old state');
      return bringBack(daemon, {
        observed,
        look: () => daemon.observe(config),
        action: restored,
        undo,
        timeoutMs,
        passage: passage('back', write),
        kept,
        outliving: prepared.carry !== null || observed.info?.LiveRestoreEnabled === true,
      });
    },
  };
}

const WITHOUT_DAEMON = {
  wasRunning: false,
  version: null,
  passing: null,
  activate: null,
  restoreDaemon: () => Promise.resolve([]),
} as const;
