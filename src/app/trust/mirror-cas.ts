import { ANY_REGISTRY } from '../../core/trust/hosts/any-registry.js';
import { DOCKER_HUB } from '../../core/dockerd/options/docker-hub.js';
import { configIn } from '../../core/dockerd/config/edit.js';
import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { mirrorHosts } from '../../core/dockerd/options/mirrors.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { createPlan } from '../../core/plan/plan.js';
import { imageStore, readsHostsToml } from '../../core/dockerd/observed/image-store.js';
import { printable } from '../../core/text/printable.js';
import type { AskedByFile } from '../../core/trust/hosts/asked-servers.js';
import { mirrorCaChanges, readsMirrorCas } from '../../core/trust/mirrors/mirror-cas.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { readAskedServers } from '../../system/trust/asked-servers.js';
import { recordsOf } from '../../system/trust/records.js';
import type { Beside } from '../change/change.js';
import type { Context } from '../context/command.js';

/** In whichever order a mirror and its CA are given: once both are there, the CA lies wherever this engine looks for it. */
export function withMirrorCas({ host }: Context): Beside {
  return (plan, observed) => {
    const { certsDir, configPath, configFile, version } = observed;
    const change = plan.changes.find(({ path }) => path === configPath);
    const config = configIn(change === undefined ? configFile : change.after);
    const mirrors = mirrorHosts(stringsOf(config['registry-mirrors']));
    const place = { certsDir, mirrors, records: recordsOf(host) };
    const { snapshot: snapshot, secrets } = readSnapshot(host, (seen) =>
      readsMirrorCas(place, seen),
    );
    const changes = mirrorCaChanges(place, snapshot);
    const store = imageStore(observed, config);
    const hub = readsHostsToml(store, version)
      ? readAskedServers(host, certsDir, DOCKER_HUB)
      : null;
    const notes = mirrors.length > 0 && hub?.several === true ? [hiddenBy(hub)] : [];
    return { plan: joinPlans(plan, createPlan(plan.title, { changes, notes })), secrets };
  };
}

/** A hosts.toml with servers speaks alone (moby daemon/hosts.go, mergeLegacyConfig). */
function hiddenBy({ path, servers }: AskedByFile): string {
  const urls = servers.map(({ url }) => printable(url)).join(', ');
  const registry = path.includes(`/${ANY_REGISTRY}/`) ? ANY_REGISTRY : DOCKER_HUB;
  return `they do not count for pulls: for Docker Hub this dockerd asks ${urls}, as ${path} says, and none of daemon.json's mirrors, until \`dockerctl mirrors clear --for ${registry}\``;
}
