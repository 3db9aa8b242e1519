import type { Drift } from './drift.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { Plan, Secrets } from '../plan/plan.js';
import { joinPlans } from '../plan/join-plans.js';
import { daemonDrifts } from './daemon-drift.js';
import {
  certificateDrifts,
  type CertificateSituation,
  planCertificates,
} from './desired-certificates.js';
import { type ChosenDrifts, planDaemon } from './daemon-plan.js';
import { planTrusted, slicesOf, trustDrifts, type TrustSituation } from './desired-trust.js';
import type { DaemonSituation } from './wanted-file.js';

/** Everything that is to be known about a machine and what is declared of it. */
export interface MachineState {
  readonly daemon: DaemonSituation;
  readonly trust: TrustSituation;
  readonly certificates: CertificateSituation;
}

/** Everything that is not as declared. */
export function desiredDrifts(state: MachineState): Drift[] {
  return [...driftsBySlice(state)].flat();
}

/** The same in parts of which none takes long: an agent has others to answer. */
export function* driftsBySlice({
  daemon,
  trust,
  certificates,
}: MachineState): Generator<readonly Drift[]> {
  yield certificateDrifts(certificates);
  for (const registries of slicesOf(trust.registries))
    yield trustDrifts({ ...trust, registries, authorities: [] });
  yield trustDrifts({ ...trust, registries: [] });
  yield daemonDrifts(daemon);
}

/** One plan that makes the machine what is declared; `chosen`: only in these respects. Throws where it cannot be made. */
export function desiredPlan(situation: MachineState, title: string, chosen: ChosenDrifts): Plan {
  const { certificates, trust, daemon } = situation;
  return [
    planCertificates(certificates, title, chosen),
    planTrusted(trust, title, chosen),
    planDaemon(daemon, title, chosen),
  ].reduce(joinPlans);
}

/** The dockerd whose daemon.json such a plan edits; undefined where it edits none. */
export function editedBy({ changes }: Plan, { daemon }: MachineState): ObservedDaemon | undefined {
  const { observed } = daemon;
  return changes.some(({ path }) => path === observed.configPath) ? observed : undefined;
}

/** The bytes that such a plan names. */
export function secretsOf({ trust, certificates }: MachineState): Secrets {
  return new Map([...trust.secrets, ...certificates.secrets]);
}
