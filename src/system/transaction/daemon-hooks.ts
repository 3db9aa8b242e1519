import { allInterimTexts } from '../../core/dockerd/activation/live-restore.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { planRestart } from '../../core/dockerd/activation/plan-restart.js';
import type { ActivationAction, Plan } from '../../core/plan/plan.js';
import { undoOf } from '../../core/dockerd/config/undo.js';
import { restoreDaemon } from './restore-daemon.js';
import type { DaemonController, InterimConfig, WriteInterim } from '../dockerd/controller.js';
import type { ChangeRequest } from './request.js';

export interface DaemonHooksRequest {
  readonly daemon: DaemonController;
  /** Null where dockerd has no part in the plan. */
  readonly observed: ObservedDaemon | null;
  readonly action: ActivationAction;
  readonly containers: 'keep' | 'stop';
  readonly config: string | null;
  readonly timeoutMs: number;
  readonly progress?: ((message: string) => void) | undefined;
}

export type DaemonHooks = Pick<
  ChangeRequest,
  'plan' | 'undo' | 'wasRunning' | 'version' | 'interim' | 'activate' | 'restoreDaemon'
>;

/**
 * How dockerd is told of a plan, and restored. The plan may name daemon.json afterwards, for a live-restore restart.
 * @throws containers-would-stop, cannot-restart
 */
export function daemonHooks(plan: Plan, telling: DaemonHooksRequest): DaemonHooks {
  const { daemon, observed, action, containers, config, timeoutMs, progress } = telling;
  const undo = undoOf(plan, observed);
  if (observed === null) return { ...WITHOUT_DAEMON, plan, undo };
  const prepared = planRestart(plan, observed, { action, containers });
  const interimConfig = (way: 'forth' | 'back', write: WriteInterim): InterimConfig | null =>
    prepared.liveRestore && { texts: prepared.liveRestore[way], write, oldPid: observed.pid };
  return {
    plan: prepared.plan,
    undo,
    wasRunning: observed.state === 'running',
    version: observed.version,
    interim: prepared.liveRestore && {
      path: observed.configPath,
      texts: allInterimTexts(prepared.liveRestore),
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
              interimConfig: interimConfig('forth', write),
              ...(progress && { progress }),
            }),
    restoreDaemon: (restored, write, kept) => {
      progress?.('Bringing back the old state');
      return restoreDaemon(daemon, {
        observed,
        look: () => daemon.observe(config),
        action: restored,
        undo,
        timeoutMs,
        interimConfig: interimConfig('back', write),
        kept,
        outliving: prepared.liveRestore !== null || observed.info?.LiveRestoreEnabled === true,
      });
    },
  };
}

const WITHOUT_DAEMON = {
  wasRunning: false,
  version: null,
  interim: null,
  activate: null,
  restoreDaemon: () => Promise.resolve([]),
} as const;
