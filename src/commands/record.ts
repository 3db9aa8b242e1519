import type { Statement } from '../core/declaration/record.js';
import type { Plan } from '../core/plan.js';
import { hasDeclaration } from '../system/declaration-files.js';
import type { Context } from './command.js';

/**
 * The plan, with what the command says also written into the declaration, where `--record` or the declaration itself
 * asks for that: both are done or neither, and undone together.
 */
export async function withRecord(
  context: Context,
  plan: Plan,
  statements: readonly Statement[],
): Promise<Plan> {
  const { host, options } = context;
  if (statements.length === 0 || (!options.record && !hasDeclaration(host))) return plan;
  const { planRecord } = await import('./recording.js');
  const { changes, notes } = planRecord(host, statements, options.record);
  return { ...plan, changes: [...changes, ...plan.changes], notes: [...plan.notes, ...notes] };
}
