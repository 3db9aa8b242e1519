import type { DeclaredStatement } from '../../core/declaration/record.js';
import { asClosedAsSecretsOf } from '../../core/plan/derived-file.js';
import type { Plan } from '../../core/plan/plan.js';
import { hasDeclaration } from '../../system/machine/declaration-files.js';
import type { Context } from '../context/command.js';

/**
 * The plan, with what the command says also written into the declaration, where `--record` or the declaration itself
 * asks for that: both are done or neither, and undone together. What the declaration says otherwise is warned of.
 */
export async function withRecord(
  context: Context,
  plan: Plan,
  statements: readonly DeclaredStatement[],
): Promise<Plan> {
  const { host, options } = context;
  if (statements.length === 0 || (!options.record && !hasDeclaration(host))) return plan;
  const { planRecord } = await import('./plan-record.js');
  const { changes, notes, warnings } = planRecord(host, statements, options.record);
  const whole = {
    ...plan,
    changes: [...asClosedAsSecretsOf(changes, plan.changes), ...plan.changes],
  };
  return withNotes(context, whole, { notes, warnings });
}

/** The plan, with a warning where the declaration says otherwise than it does. */
export async function withWarnings(
  context: Context,
  plan: Plan,
  statements: readonly DeclaredStatement[],
): Promise<Plan> {
  if (statements.length === 0 || !hasDeclaration(context.host)) return plan;
  const { warningsAbout } = await import('./plan-record.js');
  const warnings = warningsAbout(context.host, plan, statements);
  return withNotes(context, plan, { notes: [], warnings });
}

interface Said {
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** Warnings stand on stderr, and in the answer for programs. */
function withNotes({ options, terminal }: Context, plan: Plan, { notes, warnings }: Said): Plan {
  for (const warning of warnings) if (!options.json) terminal.note(`Warning: ${warning}`);
  const said = options.json ? [...notes, ...warnings] : notes;
  return { ...plan, notes: [...plan.notes, ...said] };
}
