import { sha256 } from '../plan/content.js';
import type { Drift } from './drift.js';
import type { DeployTarget } from '../pki/authority/deploy-targets.js';
import { createPlan, type Plan, type Secrets } from '../plan/plan.js';
import { joinPlans } from '../plan/join-plans.js';
import { type DockerctlError, isDockerctlError } from '../../errors.js';
import type { ChosenDrifts } from './daemon-plan.js';

/** A declared place of a certificate of ours, and the plan that puts it there; an error where that cannot be had. */
export interface WantedTarget {
  readonly name: string;
  readonly target: DeployTarget;
  readonly plan: Plan | DockerctlError;
}

/** What is known about the declared certificates. */
export interface CertificateSituation {
  readonly targets: readonly WantedTarget[];
  readonly secrets: Secrets;
}

/** Certificates that are not where they are declared to be. */
export function certificateDrifts({ targets }: CertificateSituation): Drift[] {
  return targets.flatMap((wanted): Drift[] => {
    const { name, plan } = wanted;
    const impossible = isDockerctlError(plan);
    if (!impossible && plan.changes.length === 0) return [];
    const missing = impossible ? [plan.message] : plan.changes.map(({ path }) => path);
    return [
      {
        id: idOf(wanted),
        scope: 'certificates',
        action: 'none',
        wanted: sha256(JSON.stringify(impossible ? missing : plan.changes.map((one) => one.after))),
        observed: sha256(
          JSON.stringify(impossible ? missing : plan.changes.map((one) => one.before)),
        ),
        doubtful: false,
        beyondRepair: impossible,
        finding: {
          code: impossible ? 'drift-impossible' : 'drift-certificate',
          severity: 'warning',
          subject: name,
          ...(!impossible && { path: plan.changes[0]?.path ?? '' }),
          message: impossible
            ? plan.message
            : `the certificate ${name} is not where it is declared: ${missing.join(', ')} differ`,
          hint: impossible ? plan.hint : 'dockerctl drift --repair',
        },
      },
    ];
  });
}

/** Throws why a chosen one cannot be had. */
export function planCertificates(
  { targets }: CertificateSituation,
  title: string,
  chosen: ChosenDrifts,
): Plan {
  return targets
    .filter((wanted) => chosen === null || chosen.has(idOf(wanted)))
    .map(({ plan }) => {
      if (isDockerctlError(plan)) throw plan;
      return plan;
    })
    .reduce(joinPlans, createPlan(title, {}));
}

function idOf({ name, target }: WantedTarget): string {
  return `certificates:${name}:${target.path}`;
}
