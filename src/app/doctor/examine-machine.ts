import { CONFIG_FINDING_CODES } from '../../core/dockerd/validate/finding-codes.js';
import { DOCTOR_CODES } from '../../core/doctor/codes.js';
import type { DoctorFacts } from '../../core/doctor/facts.js';
import { examine, type Examined } from '../../core/doctor/families.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError } from '../../errors.js';
import { readDoctorFacts } from '../../system/machine/doctor-facts.js';
import type { Context } from '../context/command.js';
import { daemonOf, refuseUnseen } from '../context/observe.js';
import { dial } from './dial.js';
import { fixFindings } from './fix-findings.js';

export interface Examination {
  /** Only these findings; all where none is named. */
  readonly codes: readonly string[];
  /** Registries and mirrors are asked too. */
  readonly deep: boolean;
  readonly fix: boolean;
}

/**
 * What is wrong with this machine, after the fix where one was asked for.
 * @throws usage for a code that no finding has; what `applyPlan` throws
 */
export async function examineMachine(
  context: Context,
  { codes, deep, fix }: Examination,
): Promise<{ readonly families: readonly Examined[]; readonly outcome: Outcome | null }> {
  const facts = await lookAtMachine(context, deep);
  refuseUnknown(codes, facts);
  const outcome = fix
    ? await fixFindings(context, { facts, codes, again: () => lookAtMachine(context, false) })
    : null;
  const now = outcome?.status === 'applied' ? await lookAtMachine(context, deep) : facts;
  return { families: named(examine(now), codes), outcome };
}

/** What `doctor` judges; `deep`: with what registries and mirrors answer. */
export async function lookAtMachine(context: Context, deep: boolean): Promise<DoctorFacts> {
  const { config } = context.options;
  const facts = await readDoctorFacts(context.host, { config, daemon: daemonOf(context) });
  refuseUnseen(facts.observed);
  return deep ? { ...facts, dialled: await dial(context, facts) } : facts;
}

function refuseUnknown(codes: readonly string[], facts: DoctorFacts): void {
  if (codes.length === 0) return;
  const found = examine(facts).flatMap(({ findings }) => findings.map(({ code }) => code));
  const known = new Set([
    ...found,
    ...Object.keys(DOCTOR_CODES),
    ...Object.keys(CONFIG_FINDING_CODES),
  ]);
  const strange = codes.find((code) => !known.has(code));
  if (strange === undefined) return;
  throw new DockerctlError({
    code: 'usage',
    message: `"${printable(strange)}" is not the code of a finding.`,
    hint: '`dockerctl doctor` names them; `dockerctl explain` lists all',
  });
}

/** Of findings that were asked for by name, nothing says that the rest is in order. */
function named(families: readonly Examined[], codes: readonly string[]): readonly Examined[] {
  if (codes.length === 0) return families;
  return families
    .map(({ findings, ...family }) => ({
      ...family,
      findings: findings.filter(({ code }) => codes.includes(code)),
    }))
    .filter(({ findings }) => findings.length > 0);
}
