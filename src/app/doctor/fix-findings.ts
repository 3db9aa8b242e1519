import type { DoctorFacts } from '../../core/doctor/facts.js';
import { planFix, type Fix } from '../../core/doctor/fix.js';
import { isDown } from '../../core/doctor/together.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { planDiff } from '../../core/plan/plan-text.js';
import { isEmpty } from '../../core/plan/plan.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import { applyChange } from '../change/apply-change.js';
import type { Context } from '../context/command.js';

interface Fixing {
  readonly facts: DoctorFacts;
  /** The findings to fix; all that are safe where none is named. */
  readonly codes: readonly string[];
  /** Looks at the machine anew. */
  readonly again: () => Promise<DoctorFacts>;
}

/**
 * What dockerd says of a fixed file that it still does not start with is fixed with the rest: with one fault it never got
 * as far as the next.
 */
export async function fixFindings(
  context: Context,
  { facts, codes, again }: Fixing,
): Promise<Outcome | null> {
  const fix = planFix(facts, codes);
  try {
    return await carryOut(context, facts, fix);
  } catch (error) {
    if (!isDockerctlError(error) || error.code !== 'rolled-back' || codes.length > 0) throw error;
    // The way back wrote the files anew, and changed nothing in them.
    const seen = { ...(await again()), changedAt: new Map<string, number>() };
    if (planFix(seen, codes).fixed.length <= fix.fixed.length) throw error;
    context.terminal.note(error.message);
    return fixFindings(context, { facts: seen, codes, again });
  }
}

async function carryOut(context: Context, facts: DoctorFacts, fix: Fix): Promise<Outcome | null> {
  const { options, terminal } = context;
  if (isEmpty(fix.plan)) return null;
  if (!options.dryRun) {
    terminal.note(planDiff(fix.plan).trimEnd());
    await confirmed(context, fix);
  }
  // Who asks for what keeps dockerd down to be fixed wants it up, though somebody had stopped it.
  const starts = isDown(facts) && fix.plan.activation.action === 'restart';
  const activate = starts && options.activate === 'auto' ? 'restart' : options.activate;
  return applyChange({ ...context, options: { ...options, activate } }, fix.plan, {
    secrets: facts.secrets,
    ...(fix.words !== null && { startWords: fix.words }),
  });
}

async function confirmed({ terminal }: Context, { plan, fixed }: Fix): Promise<void> {
  const { action } = plan.activation;
  const many = fixed.length === 1 ? 'this finding' : `these ${fixed.length} findings`;
  const told = action === 'none' ? '' : ` and ${action} dockerd`;
  if (await terminal.confirm(`Fix ${many}${told}?`, '--yes')) return;
  throw new DockerctlError({
    code: 'answer-needed',
    message: 'nothing was changed.',
    hint: 'dockerctl doctor',
  });
}
