import type { ActivationAction, Plan } from './plan.js';

/** What became of a plan. */
export interface Outcome {
  readonly status: 'unchanged' | 'planned' | 'applied' | 'rolled-back';
  readonly plan: Plan;
  /** What was really done to dockerd, and what it was judged by; null where it was not touched. */
  readonly activated: Activated | null;
  /** What is written but not yet in force, a sentence each: no daemon, `--activate never`, `--root`. */
  readonly pending: readonly string[];
  /** The history entry that `rollback` takes; null where nothing was written. */
  readonly generation: number | null;
}

export interface Activated {
  readonly action: ActivationAction;
  /**
   * `live-restore-bridge` for a restart with live-restore switched on, so that containers survived; `overtaken` when
   * somebody else restarted or stopped dockerd while it was to be reloaded.
   */
  readonly how: 'reload' | 'restart' | 'live-restore-bridge' | 'start' | 'overtaken';
  readonly milliseconds: number;
  /** Sentences: "daemon reload event seen", "3 containers kept their pids". */
  readonly proof: readonly string[];
  /** With `--containers stop`: the names of containers that ran before and do not any more. */
  readonly stopped?: readonly string[];
  /** The same: those that ended and that their restart policy has started anew. */
  readonly startedAnew?: readonly string[];
  /** The same: those that ended and that docker does not list any more. */
  readonly unlisted?: readonly string[];
  /** Of a restart: the names of containers that had ended before, and that dockerd started by their restart policy. */
  readonly started?: readonly string[];
  /** What docker lists no more since it looks elsewhere; left out where it lists all. */
  readonly outOfSight?: OutOfSight;
}

/** What docker listed before a change and does not after it: it lies where it lay. Pairs: before, after. */
export interface OutOfSight {
  readonly images: readonly [number, number];
  readonly containers: readonly [number, number];
  /** null where they could not be counted. */
  readonly volumes: readonly [number, number] | null;
  /** The folder of the old ones. */
  readonly place: string;
}
