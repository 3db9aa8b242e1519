import { decideActivation } from '../activation/activation.js';
import { configIn } from './edit.js';
import type { ObservedDaemon } from '../observed/observed.js';
import type { ActivationAction, Expectation, Plan } from '../../plan/plan.js';

/** What dockerd needs to run as before a plan, and what it must show then. */
export interface Undo {
  readonly action: ActivationAction;
  readonly expect: readonly Expectation[];
  /** The units to be started again: a start of dockerd that fails leaves those that require it stopped. */
  readonly dependents: readonly string[];
}

/** The way back from a plan, as far as dockerd reads its file. */
export function undoOf(plan: Plan, observed: ObservedDaemon | null): Undo {
  const dependents = observed?.dependents ?? [];
  const change = plan.changes.find(({ path }) => path === observed?.configPath);
  if (change === undefined || observed === null)
    return { action: plan.activation.action, expect: [], dependents };
  const decision = decideActivation(configIn(change.after), configIn(change.before), observed);
  return { action: decision.activation.action, expect: decision.expect, dependents };
}
