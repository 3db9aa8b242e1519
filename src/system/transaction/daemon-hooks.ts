import {
  type LiveRestore,
  interimTextsOf,
  allInterimTexts,
} from '../../core/dockerd/restart/live-restore.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import {
  concernsBridge,
  configsIn,
  movesBridge,
  withoutBridge,
  type ConfigPair,
} from '../../core/dockerd/activation/bridge-reset.js';
import { planRestart } from '../../core/dockerd/restart/plan-restart.js';
import type { ActivationAction, FileImage, Plan } from '../../core/plan/plan.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import { resetText } from '../../core/dockerd/config/reset-text.js';
import { undoOf } from '../../core/dockerd/config/undo.js';
import { keepsContainers } from '../../core/dockerd/restart/keeps-containers.js';
import { activationMs, restoreMs } from '../../core/transaction/time-budget.js';
import type { Deadline } from '../systemd/deadline.js';
import { prepareRestore } from './restore-daemon.js';
import type {
  DaemonController,
  InterimConfig,
  WriteInterim,
} from '../dockerd/control/controller.js';
import type { ChangeRequest } from './request.js';

export interface DaemonHooksRequest {
  readonly daemon: DaemonController;
  /** Null where dockerd has no part in the plan. */
  readonly observed: ObservedDaemon | null;
  readonly action: ActivationAction;
  readonly containers: 'keep' | 'stop';
  readonly config: string | null;
  readonly timeoutMs: number;
  /** Of the whole change, its way back included. */
  readonly end: Deadline;
  readonly progress?: ((message: string) => void) | undefined;
}

export type DaemonHooks = Pick<
  ChangeRequest,
  | 'plan'
  | 'undo'
  | 'wasRunning'
  | 'containers'
  | 'version'
  | 'interim'
  | 'activate'
  | 'prepareRestore'
>;

/**
 * How dockerd is told of a plan, and restored. The plan may name daemon.json afterwards, for a live-restore restart.
 * @throws containers-would-stop, cannot-restart
 */
export function daemonHooks(plan: Plan, telling: DaemonHooksRequest): DaemonHooks {
  const { daemon, observed, action, containers, config, timeoutMs, end, progress } = telling;
  const undo = undoOf(plan, observed);
  if (observed === null) return { ...WITHOUT_DAEMON, plan, undo, containers };
  const prepared = planRestart(plan, observed, { action, containers });
  // By the time of a restore containers may run that did not before.
  const texts = prepared.liveRestore ?? textsOf(plan, { action, observed });
  const bridge = action === 'restart' ? bridgeTexts(plan, observed) : null;
  const interimConfig = (
    way: 'forth' | 'back',
    of: LiveRestore | null,
    write: WriteInterim,
  ): InterimConfig | null => of && { texts: of[way], write, oldPid: observed.pid };
  return {
    plan: prepared.plan,
    undo,
    wasRunning: observed.state === 'running',
    containers,
    version: observed.version,
    interim: texts && {
      path: observed.configPath,
      texts: [...allInterimTexts(texts), ...(bridge === null ? [] : [bridge.forth, bridge.back])],
    },
    activate:
      action === 'none'
        ? null
        : ({ write, telling: before }) =>
            daemon.activate(observed, {
              action,
              expect: plan.expect,
              containers,
              timeoutMs: activationMs(end.left(), timeoutMs),
              telling: before,
              interimConfig: interimConfig('forth', prepared.liveRestore, write),
              ...(bridge !== null &&
                prepared.liveRestore === null &&
                movesBridge(observed, bridge.configs, containers) && {
                  bridgeReset: { text: bridge.forth, end: bridge.end, write },
                }),
              ...(progress && { progress }),
            }),
    prepareRestore: (restored, write) => {
      progress?.('Bringing back the old state');
      return prepareRestore(daemon, {
        observed,
        look: () => daemon.observe(config, { timeoutMs, anew: true }),
        told: {
          action: restored,
          containers,
          pid: observed.pid,
          liveRestore: keepsContainers(observed, bytesIn(observed.configFile)),
        },
        undo,
        left: () => restoreMs(end.left()),
        interimConfig: interimConfig('back', texts, write),
        ...(bridge !== null && {
          bridge: {
            configs: { has: bridge.configs.wanted, wanted: bridge.configs.has },
            reset: { text: bridge.back, end: bridge.start, write },
          },
        }),
        outliving: prepared.liveRestore !== null || observed.info?.LiveRestoreEnabled === true,
      });
    },
  };
}

function textsOf(
  { changes }: Plan,
  { action, observed }: { readonly action: ActivationAction; readonly observed: ObservedDaemon },
): LiveRestore | null {
  const change = changes.find(({ path }) => path === observed.configPath);
  const texts = change === undefined ? null : interimTextsOf(change);
  if (change === undefined || texts === null || action !== 'reload') return texts;
  const reset = resetText(change, observed);
  return reset === null ? texts : { ...texts, back: { ...texts.back, reset } };
}

interface BridgeTexts {
  readonly configs: ConfigPair;
  /** daemon.json for a start without the default bridge, on the way there and on the way back. */
  readonly forth: string;
  readonly back: string;
  /** As the plan wants it, and as it was. */
  readonly end: string | null;
  readonly start: string | null;
}

/** null where docker0 is not concerned. */
function bridgeTexts({ changes }: Plan, { configPath }: ObservedDaemon): BridgeTexts | null {
  const change = changes.find(({ path }) => path === configPath);
  if (change === undefined) return null;
  const configs = configsIn(change.before, change.after);
  if (!concernsBridge(configs)) return null;
  const [start, end] = [textIn(change.before), textIn(change.after)];
  const [back, forth] = [withoutBridge(start), withoutBridge(end)];
  return back === null || forth === null ? null : { configs, forth, back, end, start };
}

function textIn(image: FileImage | null): string | null {
  const bytes = bytesIn(image);
  return bytes && Buffer.from(bytes).toString('utf8');
}

const WITHOUT_DAEMON = {
  wasRunning: false,
  version: null,
  interim: null,
  activate: null,
  prepareRestore: () => Promise.resolve({ interim: false, restore: () => Promise.resolve([]) }),
} as const;
