import { dataRoot } from '../../../core/dockerd/observed/inventory.js';
import type { ObservedDaemon } from '../../../core/dockerd/observed/observed.js';
import {
  endedContainer,
  type EndedContainer,
} from '../../../core/dockerd/restart/started-by-restart.js';
import { memberOf, stringOf, type Json } from '../../../core/formats/json/json-object.js';
import { attempt } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import {
  containerDetails,
  endedContainerList,
  runningContainers,
  type ListedContainer,
} from '../engine-lists.js';

/** Of a container's own file at most so much is read. */
const MOST_KEPT = 1024 * 1024;

/** The containers that have ended, with what decides whether a start of dockerd starts them; none where it does not answer. */
export async function endedContainersNow(
  host: Host,
  { endpoint, info }: ObservedDaemon,
): Promise<EndedContainer[]> {
  if (endpoint === null || info === null) return [];
  const engine = { host, endpoint };
  const listed = await endedContainerList(engine).catch(() => []);
  const details = await containerDetails(engine, listed);
  return details
    .filter((detail) => detail !== null)
    .map((detail) => endedContainer(detail, keptOf(host, dataRoot(info), detail)));
}

/** What dockerd itself keeps of a container (moby container/container.go, config.v2.json): docker shows not all of it. */
function keptOf({ fs }: Host, root: string, detail: Json): Json | undefined {
  const path = `${root}/containers/${stringOf(memberOf(detail, 'Id'))}/config.v2.json`;
  const kept = attempt(
    () => JSON.parse(Buffer.from(fs.read(path, MOST_KEPT)).toString('utf8')) as Json,
  );
  return kept instanceof Error ? undefined : kept;
}

/** The containers that have ended, before a restart; none where dockerd does not answer. */
export async function endedBefore(
  host: Host,
  { endpoint, info }: ObservedDaemon,
): Promise<readonly ListedContainer[]> {
  if (endpoint === null || info === null) return [];
  return await endedContainerList({ host, endpoint }).catch(() => []);
}

/** The names of those that run now, since dockerd was restarted. */
export async function startedSince(
  host: Host,
  { endpoint }: ObservedDaemon,
  ended: readonly ListedContainer[],
): Promise<string[]> {
  if (endpoint === null || ended.length === 0) return [];
  const now = await runningContainers({ host, endpoint }).catch(() => []);
  const ids = new Set(now.map(({ id }) => id));
  return ended.filter(({ id }) => ids.has(id)).map(({ name }) => name);
}
