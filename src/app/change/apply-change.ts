import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan, Secrets } from '../../core/plan/plan.js';
import { type ApplyOptions, applyPlan } from '../../system/transaction/apply.js';
import type { Context, Terminal } from '../context/command.js';
import { withStanding } from './standing.js';

/** Applies a plan under the global options, and says what of it does not count although dockerd was told. */
export function applyChange(context: Context, plan: Plan, secrets?: Secrets): Promise<Outcome> {
  return applyWith(context, plan, secrets === undefined ? {} : { secrets });
}

export async function applyWith(
  { host, options, commandLine, terminal }: Context,
  plan: Plan,
  more: Pick<ApplyOptions, 'secrets' | 'daemon'>,
): Promise<Outcome> {
  const said = { ...options, ...messagesOf(terminal), commandLine, ...more };
  return withStanding({ host, options }, await applyPlan(host, plan, said));
}

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
