import { configIn } from '../../core/dockerd/config/edit.js';
import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { mirrorHosts } from '../../core/dockerd/options/mirrors.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import { createPlan } from '../../core/plan/plan.js';
import { mirrorCaChanges, readsMirrorCas } from '../../core/trust/mirrors/mirror-cas.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { recordsOf } from '../../system/trust/records.js';
import type { Beside } from '../change/change.js';
import type { Context } from '../context/command.js';

/** In whichever order a mirror and its CA are given: once both are there, the CA lies wherever this engine looks for it. */
export function withMirrorCas({ host }: Context): Beside {
  return (plan, { certsDir, configPath, configFile }) => {
    const change = plan.changes.find(({ path }) => path === configPath);
    const config = configIn(change === undefined ? configFile : change.after);
    const mirrors = mirrorHosts(stringsOf(config['registry-mirrors']));
    const place = { certsDir, mirrors, records: recordsOf(host) };
    const { snapshot: snapshot, secrets } = readSnapshot(host, (seen) =>
      readsMirrorCas(place, seen),
    );
    const changes = mirrorCaChanges(place, snapshot);
    return { plan: joinPlans(plan, createPlan(plan.title, { changes })), secrets };
  };
}
