import type { Finding } from '../plan/finding.js';
import type { ActivationAction } from '../plan/plan.js';

/** The parts of a declaration that have a drift policy of their own. */
export const SCOPES = ['daemon', 'registries', 'cas', 'certificates'] as const;
export type Scope = (typeof SCOPES)[number];

/** One thing that is not as declared. */
export interface Drift {
  /** Stable while the declaration names the thing: `daemon:/registry-mirrors`, `registries:/etc/docker/certs.d/reg/ca.crt`. */
  readonly id: string;
  readonly scope: Scope;
  /** What repairing it asks of dockerd. */
  readonly action: ActivationAction;
  /** Digests: of what is declared, and of what is there instead. */
  readonly wanted: string;
  readonly observed: string;
  /** It may be over in a moment: a half-written file, a daemon that is about to be reloaded. */
  readonly doubtful: boolean;
  /** No plan of ours repairs it. */
  readonly beyondRepair: boolean;
  readonly finding: Finding;
}
