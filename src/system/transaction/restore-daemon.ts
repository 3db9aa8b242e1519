import { mayRestart, type Undo } from '../../core/dockerd/config/undo.js';
import type { ActivationAction } from '../../core/plan/plan.js';
import { stranded } from '../../core/transaction/rollback-error.js';
import {
  downOnConcurrentEdit,
  leftAlone,
  startedOnConcurrentEdit,
  daemonBesideConcurrentEdit,
} from '../../core/transaction/concurrent-edit.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { DaemonController, InterimConfig } from '../dockerd/controller.js';

/** dockerd, and how it is to be restored. */
export interface DaemonRestore {
  /** As it was before the change, where that is known. */
  readonly observed: ObservedDaemon;
  /** Sees it as it is now. */
  readonly look: () => Promise<ObservedDaemon>;
  /** As it was told of the change. */
  readonly action: ActivationAction;
  readonly undo: Undo;
  readonly timeoutMs: number;
  /** Keeps running containers through the restart on the old file. */
  readonly interimConfig: InterimConfig | null;
  /** Files that somebody else wrote meanwhile. */
  readonly kept: readonly string[];
  /** Whether containers may run on without dockerd. */
  readonly outliving: boolean;
}

/**
 * Makes dockerd run as before on the old files. A reload keeps values that the old file does not name (moby
 * daemon/reload.go asks IsValueSet); where it shows, a restart follows, but none that would stop a container.
 * Where its daemon.json is somebody else's by now, a dockerd that runs is left alone.
 * @returns what is not as before the change, a sentence each
 */
export async function restoreDaemon(
  daemon: DaemonController,
  back: DaemonRestore,
): Promise<readonly string[]> {
  const { observed, action, undo, timeoutMs, interimConfig } = back;
  const { dependents } = undo;
  if (back.kept.includes(observed.configPath)) return await keepConcurrentEdit(daemon, back);
  try {
    await daemon.restore(observed, { action, timeoutMs, interimConfig, dependents });
  } catch (error) {
    throw stranded(error, {
      containers: observed.containers.map(({ name }) => name),
      inDanger: interimConfig !== null && interimConfig.texts.end !== interimConfig.texts.on,
      dependents: action === 'restart' ? dependents : [],
    });
  }
  if (action !== 'reload' || undo.action !== 'restart') return [];
  const unmet = await daemon.unmet(observed, undo.expect);
  if (unmet.length === 0) return [];
  if (!mayRestart(observed))
    return unmet.map(
      (what) => `until its next restart dockerd keeps a value of the change: ${what}`,
    );
  await daemon.restore(observed, { action: 'restart', timeoutMs, interimConfig: null, dependents });
  return [];
}

async function keepConcurrentEdit(
  daemon: DaemonController,
  back: DaemonRestore,
): Promise<readonly string[]> {
  const { observed, undo, timeoutMs, outliving } = back;
  const { dependents } = undo;
  const now = await back.look();
  const containers = observed.containers.map(({ name }) => name);
  switch (daemonBesideConcurrentEdit(now, outliving)) {
    case 'leave':
      return [leftAlone(now.configPath)];
    case 'strand':
      throw stranded(downOnConcurrentEdit(now), { containers, inDanger: true, dependents });
    case 'start':
      await daemon
        .restore(observed, { action: 'restart', timeoutMs, interimConfig: null, dependents })
        .catch((error: unknown) => {
          throw stranded(error, { containers, inDanger: false, dependents });
        });
      return [startedOnConcurrentEdit(now.configPath)];
  }
}
