import type { Activated } from '../../core/plan/outcome.js';
import type { Activation, Plan, Secrets } from '../../core/plan/plan.js';
import type { Undo } from '../../core/dockerd/config/undo.js';
import type { PreparedRestore } from './restore-daemon.js';
import type { BeforeTelling, WriteInterim } from '../dockerd/control/controller.js';

/** What a transaction lends to whoever tells dockerd. */
export interface Means {
  readonly write: WriteInterim;
  readonly telling: BeforeTelling;
}

/** A plan that was found fit, and how dockerd is told. */
export interface ChangeRequest {
  readonly plan: Plan;
  /** Whether what was asked for names files: a restart alone may pass through texts of daemon.json. */
  readonly changesFiles: boolean;
  readonly secrets: Secrets;
  readonly commandLine: string;
  readonly config: string | null;
  readonly activation: Activation;
  readonly wasRunning: boolean;
  readonly containers: 'keep' | 'stop';
  /** Of the dockerd that is told. */
  readonly version: string | null;
  /** The file that holds interim configs while dockerd is restarted, and their texts. */
  readonly interim: { readonly path: string; readonly texts: readonly string[] } | null;
  /** Makes dockerd notice and proves it; null when it needs no telling. */
  readonly activate: ((means: Means) => Promise<Activated | null>) | null;
  readonly undo: Undo;
  readonly prepareRestore: (
    action: Activation['action'],
    write: WriteInterim,
  ) => Promise<PreparedRestore>;
  /** How long `dockerctl confirm` is waited for; null commits at once. */
  readonly confirmWithinMs: number | null;
  readonly timeoutMs: number;
}
