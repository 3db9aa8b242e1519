import type { Drift } from '../drift/drift.js';
import type { Plan, Secrets } from '../plan.js';
import { joinPlans } from '../trust/plan-trust.js';
import { daemonDrifts } from './daemon-drift.js';
import { type Chosen, planDaemon } from './daemon-plan.js';
import { planTrusted, trustDrifts, type TrustSituation } from './trust.js';
import type { DaemonSituation } from './wanted-file.js';

/** Everything that is to be known about a machine and what is declared of it. */
export interface Situation {
  readonly daemon: DaemonSituation;
  readonly trust: TrustSituation;
}

/** Everything that is not as declared. */
export function desiredDrifts({ daemon, trust }: Situation): Drift[] {
  return [...trustDrifts(trust), ...daemonDrifts(daemon)];
}

/** One plan that makes the machine what is declared; `chosen`: only in these respects. Throws where it cannot be made. */
export function desiredPlan({ daemon, trust }: Situation, title: string, chosen: Chosen): Plan {
  return joinPlans(planTrusted(trust, title, chosen), planDaemon(daemon, title, chosen));
}

/** The bytes that such a plan names. */
export function secretsOf({ trust }: Situation): Secrets {
  return trust.secrets;
}
