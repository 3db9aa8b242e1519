import type { ActivationAction } from '../plan/plan.js';
import type { Drift } from '../declaration/drift.js';
import type { AgentState, Pause, Settings } from './state.js';
import type { Repair } from './repair.js';
import type { AgentReport } from './report.js';

/** What happens to the agent. */
export type AgentEvent =
  /** A file changed, docker said something, the sweep saw a difference. `fingerprint`: the watched files now. */
  | { readonly kind: 'hint'; readonly fingerprint: string | null }
  | { readonly kind: 'tick' }
  | Scanned
  | { readonly kind: 'scan-failed'; readonly reason: string }
  | { readonly kind: 'repaired'; readonly repair: Repair; readonly result: RepairResult }
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'pause'; readonly pause: Pause | null };

export interface Scanned {
  readonly kind: 'scanned';
  readonly drifts: readonly Drift[];
  /** The watched files before the scan read them. */
  readonly fingerprint: string;
  /** dockerd said how it runs; false: it is down, or starting. */
  readonly answered: boolean;
}

export interface RepairResult {
  /**
   * `refused`: nothing was tried, and would not be another time. `failed`: nothing was changed, worth another try.
   * `contested`: somebody else changed the file again before dockerd had looked at it.
   */
  readonly status:
    'applied' | 'contested' | 'rolled-back' | 'rollback-failed' | 'refused' | 'failed';
  readonly action: ActivationAction;
  readonly reason: string;
}

/** What the agent does about it. */
export type Action =
  | { readonly kind: 'scan' }
  | { readonly kind: 'repair'; readonly repair: Repair }
  | { readonly kind: 'report'; readonly report: AgentReport };

export interface StepResult {
  readonly state: AgentState;
  readonly actions: readonly Action[];
}
