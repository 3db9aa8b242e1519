import type { Outcome } from '../../core/plan/outcome.js';
import { invert, type Secrets } from '../../core/plan/plan.js';
import type { Context } from '../context/command.js';
import { applyChange } from './apply-change.js';

interface Done {
  readonly outcome: Pick<Outcome, 'status' | 'plan'>;
  readonly secrets: Secrets;
}

/** The second half of a change of two transactions. Where it is refused, the first is taken back, and the refusal thrown on. */
export async function orTakenBack<Result>(
  context: Context,
  { outcome: { status, plan }, secrets }: Done,
  rest: () => Promise<Result>,
): Promise<Result> {
  try {
    return await rest();
  } catch (error) {
    if (status === 'applied') await applyChange(context, invert(plan), { secrets });
    throw error;
  }
}
