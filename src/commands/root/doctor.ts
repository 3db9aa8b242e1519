import { commandedBelow } from '../../core/plan/rooted-hint.js';
import { CONFIG_FINDING_CODES } from '../../core/dockerd/validate/finding-codes.js';
import { DOCTOR_CODES } from '../../core/doctor/codes.js';
import { planFix, type Fix } from '../../core/doctor/fix.js';
import { examine, type Examined } from '../../core/doctor/families.js';
import { isDown } from '../../core/doctor/together.js';
import type { DoctorFacts } from '../../core/doctor/facts.js';
import type { Finding } from '../../core/plan/finding.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { isEmpty } from '../../core/plan/plan.js';
import { printable } from '../../core/text/printable.js';
import { planDiff } from '../../core/plan/plan-text.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import { applyPlan } from '../../system/transaction/apply.js';
import { daemonOf } from '../../app/context/observe.js';
import { readDoctorFacts } from '../../system/machine/doctor-facts.js';
import { startedWith } from '../../app/change/import-flags.js';
import { messagesOf } from '../../app/change/apply-change.js';
import { defineCommand, type Context } from '../../app/context/command.js';
import { dial } from '../text/doctor-dial.js';
import { renderDoctor } from '../text/doctor-text.js';
import { findingData } from '../text/findings-text.js';

export interface DoctorAnswer {
  readonly families: readonly Examined[];
  readonly findings: readonly Record<string, unknown>[];
  /** What `--fix` did; null without it. */
  readonly outcome: Outcome | null;
}

export const command = defineCommand({
  isConfirmable: true,
  summary: "what is wrong with docker's configuration and trust, and the fix",
  args: [{ name: 'CODE', describe: 'only these findings; default: all', many: true }],
  options: {
    deep: { type: 'boolean', describe: 'ask registries and mirrors too' },
    fix: {
      type: 'boolean',
      describe: 'fix what is safe in one change, or what the named codes say; asks first',
    },
  },
  examples: ['doctor', 'doctor --deep', 'doctor --fix', 'doctor --fix api-without-tls'],
  run: async (context, { args: codes, options }): Promise<DoctorAnswer> => {
    const facts = await look(context, options.deep);
    refuseUnknown(codes, facts);
    const outcome = options.fix ? await fixFindings(context, facts, codes) : null;
    const now = outcome?.status === 'applied' ? await look(context, options.deep) : facts;
    const { root } = context.host.self;
    const families = named(examine(now), codes).map((family) => shown(family, root));
    const findings = families.flatMap((family) => family.findings.map(findingData));
    return { families: families.map(withoutPlans), findings, outcome };
  },
  render: renderDoctor,
  status: ({ families }) =>
    families.some(({ findings }) => findings.some(({ severity }) => severity !== 'info')) ? 1 : 0,
});

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
    hint: 'dockerctl doctor names them; dockerctl explain lists all',
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

async function look(context: Context, deep: boolean): Promise<DoctorFacts> {
  const { config } = context.options;
  const facts = await readDoctorFacts(context.host, { config, daemon: daemonOf(context) });
  return deep ? { ...facts, dialled: await dial(context, facts) } : facts;
}

function shown(family: Examined, root: string | null): Examined {
  return { ...family, findings: family.findings.map((one) => commandedBelow(one, root)) };
}

/** A plan holds whole files, which are no part of the answer. */
function withoutPlans({ findings, ...family }: Examined): Examined {
  const plain = (finding: Finding): Finding =>
    Object.fromEntries(
      Object.entries(finding).filter(([key]) => key !== 'fix'),
    ) as unknown as Finding;
  return { ...family, findings: findings.map(plain) };
}

/**
 * What dockerd says of a fixed file that it still does not start with is fixed with the rest: with one fault it never got
 * as far as the next.
 */
async function fixFindings(
  context: Context,
  facts: DoctorFacts,
  codes: readonly string[],
): Promise<Outcome | null> {
  const fix = planFix(facts, codes);
  try {
    return await carryOut(context, facts, fix);
  } catch (error) {
    if (!isDockerctlError(error) || error.code !== 'rolled-back' || codes.length > 0) throw error;
    // The way back wrote the files anew, and changed nothing in them.
    const seen = { ...(await look(context, false)), changedAt: new Map<string, number>() };
    if (planFix(seen, codes).fixed.length <= fix.fixed.length) throw error;
    context.terminal.note(error.message);
    return fixFindings(context, seen, codes);
  }
}

async function carryOut(context: Context, facts: DoctorFacts, fix: Fix): Promise<Outcome | null> {
  const { host, options, terminal, commandLine } = context;
  if (isEmpty(fix.plan)) return null;
  if (!options.dryRun) {
    terminal.note(planDiff(fix.plan).trimEnd());
    await confirmed(context, fix);
  }
  const real = daemonOf(context);
  const daemon = fix.words === null ? real : startedWith(fix.words, real);
  const { secrets } = facts;
  // Who asks for what keeps dockerd down to be fixed wants it up, though somebody had stopped it.
  const starts = isDown(facts) && fix.plan.activation.action === 'restart';
  return applyPlan(host, fix.plan, {
    ...options,
    ...(starts && options.activate === 'auto' && { activate: 'restart' }),
    ...messagesOf(terminal),
    commandLine,
    secrets,
    daemon,
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
