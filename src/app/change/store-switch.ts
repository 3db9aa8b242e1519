import { DOCKER_HUB } from '../../core/dockerd/options/docker-hub.js';
import { configIn } from '../../core/dockerd/config/edit.js';
import {
  imageStore,
  imageStoreIn,
  readsHostsToml,
  type ImageStore,
} from '../../core/dockerd/observed/image-store.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { createPlan, type Plan } from '../../core/plan/plan.js';
import { namesIn } from '../../core/plan/snapshot.js';
import { printable } from '../../core/text/printable.js';
import { shellWord } from '../../core/text/shell-word.js';
import { readsAskedServers } from '../../core/trust/hosts/asked-servers.js';
import { storeMoves, type StoreMove } from '../../core/trust/hosts/store-moves.js';
import type { Host } from '../../host/host.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';

/**
 * A change of daemon.json that switches dockerd's store of images, with what has to move in certs.d for the new one: CAs in the same
 * plan, and a note on mirrors and verification, which stand in daemon.json for one of them and in hosts.toml for the other.
 */
export function followStore(host: Host, plan: Plan, observed: ObservedDaemon): Plan {
  const next = switchedTo(plan, observed);
  if (next === null) return plan;
  const { certsDir, version } = observed;
  const { snapshot } = readSnapshot(
    host,
    (seen) => [
      certsDir,
      ...namesIn(seen, certsDir).flatMap((name) => [
        `${certsDir}/${name}`,
        ...namesIn(seen, `${certsDir}/${name}`).map((file) => `${certsDir}/${name}/${file}`),
        ...readsAskedServers(seen, certsDir, name),
      ]),
    ],
    () => undefined,
  );
  const moves = storeMoves(snapshot, certsDir, readsHostsToml(next, version));
  const changes = moves.flatMap((move) => move.changes);
  const notes = [HIDES[next], ...moves.map(noteOf)];
  return joinPlans(plan, createPlan(plan.title, { changes, notes }));
}

/** null: it stays, or nobody knows which one it is. */
function switchedTo(plan: Plan, observed: ObservedDaemon): ImageStore | null {
  const { configPath, info } = observed;
  const change = plan.changes.find(({ path }) => path === configPath);
  const now = imageStoreIn(info);
  if (change === undefined || now === null) return null;
  const next = imageStore({ info: null }, configIn(change.after));
  return next === now ? null : next;
}

const HIDES: Readonly<Record<ImageStore, string>> = {
  containerd:
    'with its images in containerd dockerd does not see the images and containers that it has now; they stay on disk, and come back with graph drivers',
  'graph drivers':
    'with graph drivers dockerd does not see the images and containers that it has in containerd; they stay there',
};

function noteOf({ registry, path, kind, urls }: StoreMove): string {
  const shown = urls.map((url) => printable(url)).join(', ');
  switch (kind) {
    case 'ca':
      return `the CA of ${printable(registry)} goes where that store looks, too`;
    case 'insecure':
      return `${path} switches verification off for ${printable(registry)}, and that store does not read it: dockerctl insecure add ${shellWord(registry)}`;
    case 'mirrors':
      return registry === DOCKER_HUB
        ? `${path} names ${shown}, and that store does not read it: dockerctl mirrors set ${urls.map(shellWord).join(' ')}`
        : `${path} names ${shown}, and that store has mirrors for Docker Hub alone: they do not count any more`;
  }
}
