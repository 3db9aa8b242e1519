import {
  inventoryOf,
  outOfSight,
  type Inventory,
} from '../../../core/dockerd/observed/inventory.js';
import type { ObservedDaemon, RunningContainer } from '../../../core/dockerd/observed/observed.js';
import type { OutOfSight } from '../../../core/plan/outcome.js';
import { compareContainers } from '../../../core/transaction/as-before.js';
import type { Host } from '../../../host/host.js';
import { engineInfo } from '../engine.js';
import { runningContainers } from '../engine-lists.js';
import { containerIds, volumeCount } from '../engine-lists.js';
import { waitFor } from '../../systemd/wait.js';

/** Names of containers that ran before a restart which was allowed to end them. */
export interface EndedContainers {
  readonly stopped: readonly string[];
  readonly startedAnew: readonly string[];
  /** docker lists them no more. */
  readonly unlisted: readonly string[];
}

/** Restart policies are through by then, where there is one that takes so long. */
const SEEN_MS = 5_000;

/** What became of the containers that ran, once those that dockerd starts by itself had their time. */
export async function endedContainers(
  host: Host,
  observed: ObservedDaemon,
): Promise<EndedContainers> {
  const { endpoint, unlisted = [] } = observed;
  if (endpoint === null || observed.containers.length + unlisted.length === 0)
    return { stopped: [], startedAnew: [], unlisted: [] };
  const engine = { host, endpoint };
  const listed = await containerIds(engine).catch(() => null);
  // What it did not list, and does not now, goes on out of its sight.
  const found = unlisted.filter(({ id }) => listed?.has(id) === true);
  const containers = [...observed.containers, ...found];
  let now: readonly RunningContainer[] = [];
  await waitFor(host, SEEN_MS, async () => {
    now = await runningContainers(engine).catch(() => []);
    const { stopped } = compareContainers(containers, now);
    const awaited = stopped.filter(
      ({ id, restartPolicy }) => COMES_BACK.has(restartPolicy) && listed?.has(id) !== false,
    );
    return awaited.length === 0 || null;
  });
  const { stopped, anew } = compareContainers(containers, now);
  const isListed = ({ id }: RunningContainer) => listed?.has(id) !== false;
  const names = (of: readonly RunningContainer[]) => of.map(({ name }) => name);
  return {
    stopped: names(stopped.filter(isListed)),
    startedAnew: names(anew),
    unlisted: names(stopped.filter((one) => !isListed(one))),
  };
}

/** By itself, with dockerd (moby container/container.go, ShouldRestart). */
const COMES_BACK: ReadonlySet<string> = new Set(['always', 'unless-stopped', 'on-failure']);

/** What dockerd lists; null where it does not answer. */
export async function takeInventory(
  host: Host,
  { endpoint, info }: Pick<ObservedDaemon, 'endpoint' | 'info'>,
): Promise<Inventory | null> {
  if (endpoint === null || info === null) return null;
  return inventoryOf(info, await volumeCount({ host, endpoint }).catch(() => null));
}

/** What it listed before, and does not now that it was restarted. */
export async function lostFromSight(
  host: Host,
  { endpoint }: ObservedDaemon,
  before: Inventory | null,
): Promise<OutOfSight | null> {
  if (before === null || endpoint === null) return null;
  const info = await engineInfo({ host, endpoint });
  const after = await takeInventory(host, { endpoint, info });
  return after && outOfSight(before, after);
}
