import {
  desiredDrifts,
  desiredPlan,
  secretsOf,
  type MachineState,
} from '../../core/declaration/desired.js';
import { desiredValuesOf } from '../../core/declaration/desired-values.js';
import { type Finding, hasErrors } from '../../core/plan/finding.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Declaration } from '../../core/declaration/schema.js';
import { daemonOf } from '../../app/context/observe.js';
import { observeSituation } from '../../system/machine/situation.js';
import { isDockerctlError } from '../../errors.js';
import { applyChange } from '../../app/change/apply-change.js';
import { type Context, defineCommand } from '../../app/context/command.js';
import { placedInDeclaration } from '../../app/declaration/declared-refusal.js';
import { unattended } from '../../app/context/unattended.js';
import {
  declarationFrom,
  declaredRegistries,
  FILE_OPTION,
} from '../../app/declaration/declared.js';
import { renderFindings } from '../text/findings-text.js';
import { renderOutcome } from '../text/outcome-text.js';
import { prove } from '../../app/trust/prove.js';

interface ApplyData extends Outcome {
  /** What was done for the declared certificates, as command lines. */
  readonly certificates: readonly string[];
  /** What is not as declared and no plan can make so, and what keeps a declared registry from working after all. */
  readonly findings: readonly Finding[];
}

export const command = defineCommand({
  isConfirmable: true,
  summary: 'make this machine what its declaration says',
  args: [],
  options: FILE_OPTION,
  examples: ['apply --dry-run', 'apply', 'apply -f machine.json5', 'apply -f - < machine.json5'],
  run: async (context, { options: { file } }): Promise<ApplyData> => {
    const declaration = await declarationFrom(context, file);
    const certificates = await keptCertificates(context, declaration);
    const looking = { config: context.options.config, daemon: daemonOf(context) };
    const observe = () => observeSituation(context.host, declaration, looking);
    const seen = await observe();
    const situation = context.options.dryRun ? foreseeable(seen) : seen;
    const plan = desiredPlan(situation, title(file), null);
    const known = { secrets: secretsOf(situation), editsFileOf: daemonOfDeclaration(situation) };
    const outcome = await applyChange(context, plan, known).catch((error: unknown) => {
      throw placedInDeclaration(error, { host: context.host, declaration, from: file ?? null });
    });
    const proves = outcome.status === 'applied' && context.host.self.root === null;
    const registries = proves ? declaredRegistries(declaration) : [];
    return {
      ...outcome,
      certificates,
      findings: [
        ...(await beyondReach(situation, outcome, observe)),
        ...(await prove(context, registries)).flatMap(({ findings }) => findings),
      ],
    };
  },
  render: (answer, style) => {
    const findings = renderFindings(answer.findings, style);
    const done = answer.certificates.map((line) => `${style.green('Ran')} dockerctl ${line}`);
    return [renderOutcome(answer, style), ...done, ...(findings === '' ? [] : [findings])].join(
      '\n',
    );
  },
  status: ({ findings }) =>
    hasErrors(findings) || findings.some(({ code }) => code.startsWith('drift-')) ? 1 : 0,
});

/** What was beyond a plan before, as it is now: a restart for another key may have settled it. */
async function beyondReach(
  before: MachineState,
  { status }: Outcome,
  observe: () => Promise<MachineState>,
): Promise<Finding[]> {
  const beyond = (state: MachineState) =>
    desiredDrifts(state).filter(({ beyondRepair }) => beyondRepair);
  const was = beyond(before);
  const is = was.length > 0 && status === 'applied' ? beyond(await observe()) : was;
  return is.map(({ finding }) => finding);
}

/** Nobody can say that a dockerd which does not answer has what is declared of it, whether its file says so or not. */
function daemonOfDeclaration({ daemon: { declaration, observed } }: MachineState) {
  return desiredValuesOf(declaration).length > 0 ? observed : undefined;
}

/** The store holds what is declared before anything else is changed; what is put where from it is part of the plan. */
async function keptCertificates(context: Context, declaration: Declaration): Promise<string[]> {
  const { host, options, terminal } = context;
  if (Object.keys(declaration.certificates).length === 0) return [];
  if (options.dryRun || host.self.root !== null) {
    terminal.note('declared certificates are not issued in a dry run or below a root');
    return [];
  }
  const { keepCertificates, readHeldCertificates } =
    await import('../../app/certificates/keep-certificates.js');
  return keepCertificates(unattended(context), declaration, readHeldCertificates(host));
}

/** A certificate that is not issued yet cannot be shown in place. */
function foreseeable(situation: MachineState): MachineState {
  const targets = situation.certificates.targets.filter(({ plan }) => !isDockerctlError(plan));
  return { ...situation, certificates: { ...situation.certificates, targets } };
}

function title(file: string | undefined): string {
  return file === undefined ? 'apply' : `apply -f ${file}`;
}
