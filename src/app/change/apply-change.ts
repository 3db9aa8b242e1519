import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan } from '../../core/plan/plan.js';
import { type ApplyOptions, applyPlan } from '../../system/transaction/apply.js';
import { daemonController } from '../../system/dockerd/controller.js';
import type { Context, Terminal } from '../context/command.js';
import { withStanding } from './standing.js';

/** Applies a plan under the global options, and says what of it does not count although dockerd was told. */
export async function applyChange(
  { host, options, commandLine, terminal }: Context,
  plan: Plan,
  { daemon = daemonController(host), ...more }: Known = {},
): Promise<Outcome> {
  const said = { ...options, ...messagesOf(terminal), commandLine, ...more, daemon };
  return withStanding(daemon, options, await applyPlan(host, plan, said));
}

/** What is at hand already of a plan that is to be applied. */
export type Known = Pick<ApplyOptions, 'secrets' | 'daemon' | 'judgedOn'>;

/** Progress and notes of a change, for the terminal. */
export function messagesOf(terminal: Terminal): Required<Pick<ApplyOptions, 'progress' | 'note'>> {
  return {
    progress: (message) => {
      terminal.progress(message);
    },
    note: (message) => {
      terminal.note(message);
    },
  };
}
