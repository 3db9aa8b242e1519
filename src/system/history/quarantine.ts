import { join } from 'node:path';
import { fingerprintOf } from '../../core/plan/content.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Plan } from '../../core/plan/plan.js';
import { refusedBefore } from '../../core/transaction/quarantine.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { generationNumbers } from './generation.js';
import { readHistory } from './history.js';
import { replaceDurably } from './journal.js';
import { readText } from '../systemd/process.js';
import { utcTime } from '../../core/text/utc-time.js';

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
  const before = refusedBefore(readHistory(host), { path, sha256, version }, forgivenUpTo(host));
  if (before === null) return;
  const when = utcTime(before.startedAt);
  throw new DockerctlError({
    code: 'invalid-config',
    message: `dockerd ${version ?? ''} refused exactly this ${path} before (change ${before.generation}, ${when}): ${before.result.error ?? ''}`,
    hint: 'change it; or, if the reason is gone, --no-validate, or `dockerctl resume` for the agent too',
  });
}

/** Lets dockerd try again what it has refused so far. Their number is remembered, and no time: clocks jump. */
export function liftQuarantine(host: Host): void {
  const last = generationNumbers(host).at(-1) ?? 0;
  if (last > forgivenUpTo(host)) replaceDurably(host, forgivenPath(host), `${last}\n`);
}

function forgivenUpTo(host: Host): number {
  return Number(readText(host, forgivenPath(host)) ?? 0) || 0;
}

function forgivenPath({ self }: Host): string {
  return join(statePaths(self).stateFolder, 'forgiven');
}
