import type { Choice } from '../../core/dockerd/activation/activation-choice.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { judgePlan } from '../../core/dockerd/validate/check-plan.js';
import type { Plan } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { askDockerd, refuseFileAsItIs, refuseNextStart } from '../dockerd/dockerd-validate.js';
import { readHostFacts } from '../dockerd/host-facts.js';
import { refuseQuarantined } from '../history/quarantine.js';
import { refuseOpenFiles } from './refuse-open-files.js';

export interface Judging extends Pick<Choice, 'action'> {
  readonly observed: ObservedDaemon;
  /** The dockerd that this very plan was judged on already; undefined where it was not. */
  readonly judgedOn: ObservedDaemon | undefined;
}

/** The lock is held. @throws invalid-config, not-permitted: nothing was changed */
export async function refuseUnfit(
  host: Host,
  plan: Plan,
  {
    validate,
    observed,
    ...how
  }: Omit<Judging, 'observed'> & {
    readonly validate: boolean;
    readonly observed: ObservedDaemon | null;
  },
): Promise<void> {
  refuseOpenFiles(host, plan, observed);
  if (observed === null) return;
  if (validate) refuseJudged(host, plan, { observed, ...how });
  await askDockerd(host, plan, observed);
}

/** Writes nothing, so that a dry run refuses the same. @throws invalid-config */
export function refuseJudged(
  host: Host,
  plan: Plan,
  { observed, action, judgedOn }: Judging,
): void {
  if (action === 'restart') {
    refuseNextStart(host, observed, plan.changes);
    refuseFileAsItIs(host, observed, plan.changes);
  }
  if (!isJudgedAlike(observed, judgedOn)) judgePlan(plan, observed, readHostFacts(host, observed));
  refuseQuarantined(host, plan, observed);
}

/** A verdict rests on the engine and on the flags that it would be started with. */
function isJudgedAlike(observed: ObservedDaemon, judgedOn: ObservedDaemon | undefined): boolean {
  const basisOf = ({ version, startWords }: ObservedDaemon) =>
    [version, ...startWords.map(({ word }) => word)].join('\0');
  return judgedOn !== undefined && basisOf(judgedOn) === basisOf(observed);
}
