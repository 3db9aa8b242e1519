import { elsewhereOf, elsewhereText } from '../../core/dockerd/restart/out-of-sight.js';
import { planRestart, restartText } from '../../core/dockerd/restart/plan-restart.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { ActivationAction, Plan } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { takeInventory } from '../dockerd/control/after-restart.js';

interface Foreseen {
  readonly observed: ObservedDaemon;
  readonly action: ActivationAction;
  readonly containers: 'keep' | 'stop';
}

/**
 * What the restart of dockerd means for containers, images and units, for a dry run.
 * @throws containers-would-stop, cannot-restart
 */
export async function restartReasons(
  host: Host,
  plan: Plan,
  { observed, action, containers }: Foreseen,
): Promise<readonly string[]> {
  const prepared = planRestart(plan, observed, { action, containers });
  if (action !== 'restart') return [];
  const said = restartText(observed, prepared, containers);
  const gone = elsewhereOf(plan, observed);
  const inventory = gone && (await takeInventory(host, observed));
  const lost = gone && inventory && elsewhereText(gone, inventory);
  return lost === null ? said : [...said, lost];
}
