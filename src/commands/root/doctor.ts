import { commandedBelow } from '../../core/plan/rooted-hint.js';
import type { Examined } from '../../core/doctor/families.js';
import type { Finding } from '../../core/plan/finding.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { defineCommand } from '../../app/context/command.js';
import { examineMachine } from '../../app/doctor/examine-machine.js';
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
  looks: ({ deep, fix }) => !deep && !fix,
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
    const { families, outcome } = await examineMachine(context, { codes, ...options });
    const { root } = context.host.self;
    const told = families.map((family) => shown(family, root));
    const findings = told.flatMap((family) => family.findings.map(findingData));
    return { families: told.map(withoutPlans), findings, outcome };
  },
  render: renderDoctor,
  status: ({ families }) =>
    families.some(({ findings }) => findings.some(({ severity }) => severity !== 'info')) ? 1 : 0,
});

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
