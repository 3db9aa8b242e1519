import {
  desiredDrifts,
  desiredPlan,
  editedBy,
  secretsOf,
  type MachineState,
} from '../../core/declaration/desired.js';
import { silentDaemon } from '../../core/declaration/daemon-silent.js';
import type { Finding } from '../../core/plan/finding.js';
import type { Plan } from '../../core/plan/plan.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { namePackages } from '../../system/machine/package-owner.js';
import { daemonOf } from '../../app/context/observe.js';
import { observeSituation } from '../../system/machine/situation.js';
import { applyChange } from '../../app/change/apply-change.js';
import { defineCommand } from '../../app/context/command.js';
import {
  declarationFrom,
  declaredRegistries,
  FILE_OPTION,
} from '../../app/declaration/declared.js';
import { countFindings, renderFindings } from '../text/findings-text.js';
import { renderOutcome } from '../text/outcome-text.js';
import { isUnreached, prove } from '../../app/trust/prove.js';

interface DriftData {
  /** What differs; with --repair, what still differs afterwards. */
  readonly findings: readonly (Finding & { readonly fixable: boolean })[];
  readonly outcome: Outcome | null;
}

export const command = defineCommand({
  isConfirmable: true,
  looks: ({ repair }) => !repair,
  summary: 'what differs from the declaration, in files and in dockerd',
  args: [],
  options: {
    ...FILE_OPTION,
    repair: { type: 'boolean', describe: 'repair it, as `apply` does' },
  },
  examples: ['drift', 'drift --repair', 'drift --json'],
  run: async (context, { options: { file, repair } }): Promise<DriftData> => {
    const declaration = await declarationFrom(context, file);
    const looking = { config: context.options.config, daemon: daemonOf(context) };
    const observe = () => observeSituation(context.host, declaration, looking);
    const situation = await observe();
    if (!repair) {
      const asked = context.host.self.root === null ? declaredRegistries(declaration) : [];
      const found = await namePackages(context.host, findingsOf(situation));
      // A registry that is not trusted as declared fails its proof for just that reason.
      // What dockerd gets through to works, whatever our own check has against it.
      const judged = (await prove(context, asked)).filter(({ proved }) => !proved);
      const unproved = judged
        .flatMap(({ findings }) => findings)
        .filter(
          ({ severity, subject }) =>
            severity !== 'info' && !found.some((finding) => finding.subject === subject),
        );
      const findings = unproved.map((finding) => ({ ...asNote(finding), fixable: false }));
      return { findings: [...found, ...findings], outcome: null };
    }
    const plan = repairPlan(situation);
    const outcome = await applyChange(context, plan, {
      secrets: secretsOf(situation),
      editsFileOf: editedBy(plan, situation),
    });
    const left = outcome.status === 'planned' ? situation : await observe();
    return { findings: findingsOf(left), outcome };
  },
  render: ({ findings, outcome }, style) =>
    [
      ...(outcome === null ? [] : [renderOutcome(outcome, style)]),
      ...(findings.length === 0 ? [] : [renderFindings(findings, style)]),
      differs(findings) ? countFindings(findings) : style.green('As declared.'),
    ].join('\n'),
  status: ({ findings }) => (differs(findings) ? 1 : 0),
});

/** A registry that cannot be asked says nothing of this machine. */
function asNote(finding: Finding): Finding {
  return isUnreached(finding) ? { ...finding, severity: 'info' } : finding;
}

function differs(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity !== 'info');
}

/** What can be repaired is; what cannot is still among the findings afterwards. */
function repairPlan(situation: MachineState): Plan {
  const repairable = desiredDrifts(situation).filter(({ beyondRepair }) => !beyondRepair);
  return desiredPlan(situation, 'drift --repair', new Set(repairable.map(({ id }) => id)));
}

function findingsOf(situation: MachineState): DriftData['findings'] {
  return [
    ...silentDaemon(situation.daemon).map((finding) => ({ ...finding, fixable: false })),
    ...desiredDrifts(situation).map(({ finding, beyondRepair }) => ({
      ...finding,
      fixable: !beyondRepair,
    })),
  ];
}
