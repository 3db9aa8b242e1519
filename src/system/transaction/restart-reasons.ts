import { elsewhereOf, elsewhereText } from '../../core/dockerd/restart/out-of-sight.js';
import { planRestart, restartText } from '../../core/dockerd/restart/plan-restart.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { ActivationAction, Plan } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { startedText } from '../../core/dockerd/restart/started-by-restart.js';
import { takeInventory } from '../dockerd/control/after-restart.js';
import { endedContainersNow } from '../dockerd/control/started-containers.js';

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
  if (gone === null) return [...said, ...startedText(await endedContainersNow(host, observed))];
  const inventory = await takeInventory(host, observed);
  const lost = inventory && elsewhereText(gone, inventory);
  return lost === null ? said : [...said, lost];
}
