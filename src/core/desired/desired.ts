import type { Drift } from '../drift/drift.js';
import type { Plan } from '../plan.js';
import { daemonDrifts } from './daemon-drift.js';
import { type Chosen, planDaemon } from './daemon-plan.js';
import type { DaemonSituation } from './wanted-file.js';

/** Everything that is to be known about a machine and what is declared of it. */
export interface Situation {
  readonly daemon: DaemonSituation;
}

/** Everything that is not as declared. */
export function desiredDrifts({ daemon }: Situation): Drift[] {
  return daemonDrifts(daemon);
}

/** One plan that makes the machine what is declared; `chosen`: only in these respects. Throws as `planDaemon` does. */
export function desiredPlan({ daemon }: Situation, title: string, chosen: Chosen): Plan {
  return planDaemon(daemon, title, chosen);
}
