import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan, Secrets } from '../../core/plan/plan.js';
import { type ApplyOptions, applyPlan } from '../../system/transaction/apply.js';
import type { Context, Terminal } from '../context/command.js';

/** Applies a plan under the global options, telling the terminal what takes time and what nobody would expect. */
export function applyChange(
  { host, options, commandLine, terminal }: Context,
  plan: Plan,
  secrets?: Secrets,
): Promise<Outcome> {
  const said = { ...options, ...messagesOf(terminal), commandLine, ...(secrets && { secrets }) };
  return applyPlan(host, plan, said);
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
