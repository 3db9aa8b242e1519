import { fingerprintOf } from '../core/content.js';
import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { Plan } from '../core/plan.js';
import { refusedBefore } from '../core/quarantine.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readHistory } from './history.js';

/**
 * A daemon.json that dockerd has refused is not tried again: whoever repeats the command every half hour would stop dockerd
 * every half hour.
 * @throws invalid-config
 */
export function refuseQuarantined(host: Host, plan: Plan, observed: ObservedDaemon): void {
  const { configPath: path, version } = observed;
  const after = plan.changes.find((change) => change.path === path)?.after ?? null;
  if (after === null) return;
  const { sha256 } = fingerprintOf(after);
  const before = refusedBefore(readHistory(host), { path, sha256, version });
  if (before === null) return;
  const when = new Date(before.startedAt).toISOString();
  throw new DockerctlError({
    code: 'invalid-config',
    message: `dockerd ${version ?? ''} refused exactly this ${path} before (change ${before.generation}, ${when}): ${before.result.error ?? ''}`,
    hint: 'change it; or --no-validate, if the reason is gone and dockerd should try it again',
  });
}
