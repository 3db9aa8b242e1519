import { mayRestart, type Undo } from '../core/undo.js';
import type { ActivationAction } from '../core/plan.js';
import { stranded } from '../core/rollback-error.js';
import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { DaemonDeeds, Passage } from './daemon-deeds.js';

/** dockerd, and how it is to be brought back. */
export interface Return {
  readonly observed: ObservedDaemon;
  /** As it was told of the change. */
  readonly action: ActivationAction;
  readonly undo: Undo;
  readonly timeoutMs: number;
  /** How containers that were carried get back to the old file. */
  readonly passage: Passage | null;
}

/**
 * Makes dockerd run as before on the old files. A reload keeps values that the old file does not name (moby
 * daemon/reload.go asks IsValueSet); where it shows, a restart follows, but none that would stop a container.
 * @returns what dockerd keeps of the change until its next restart, a sentence each
 */
export async function bringBack(daemon: DaemonDeeds, back: Return): Promise<readonly string[]> {
  const { observed, action, undo, timeoutMs, passage } = back;
  const { dependents } = undo;
  try {
    await daemon.restore(observed, { action, timeoutMs, passage, dependents });
  } catch (error) {
    throw stranded(error, {
      containers: observed.containers.map(({ name }) => name),
      crossing: passage?.crossing ?? null,
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
  await daemon.restore(observed, { action: 'restart', timeoutMs, passage: null, dependents });
  return [];
}
