import { refuseUnanswering } from '../../core/dockerd/activation/unanswering.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import type { DaemonController } from '../dockerd/control/controller.js';
import { deadline } from '../systemd/deadline.js';
import type { ApplyOptions } from './apply.js';
import { choose, notesOf, observeFor } from './observe-for.js';
import { refuseOpenFiles } from './refuse-open-files.js';
import { refuseJudged } from './refuse-unfit.js';
import { restartReasons } from './restart-reasons.js';

/** A dry run: what `applyPlan` would do, refused for the same reasons. Writes nothing, and takes no lock. */
export async function foresee(
  host: Host,
  plan: Plan,
  options: ApplyOptions & { readonly daemon: DaemonController },
): Promise<Outcome> {
  const end = deadline(host, options.timeoutMs);
  const observed = await observeFor(host, plan, { ...options, end });
  const { action, pending } = choose(host, { plan, options, observed });
  if (observed !== null) refuseUnanswering(observed, action);
  const { containers, validate, judgedOn } = options;
  refuseOpenFiles(host, plan, observed);
  if (observed !== null && validate) refuseJudged(host, plan, { observed, action, judgedOn });
  const told =
    observed === null ? [] : await restartReasons(host, plan, { observed, action, containers });
  const reasons = [...plan.activation.reasons, ...told];
  const activation = pending.length > 0 ? plan.activation : { action, reasons };
  return {
    status: 'planned',
    plan: { ...plan, activation, notes: notesOf(plan, { action, observed, containers }) },
    activated: null,
    pending,
    generation: null,
  };
}
