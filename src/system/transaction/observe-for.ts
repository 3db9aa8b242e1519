import { carriedRestartNotes, isReloadNote } from '../../core/dockerd/activation/hazards.js';
import { configIn } from '../../core/dockerd/config/edit.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { chooseActivation, type Choice } from '../../core/dockerd/activation/activation-choice.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { configChange } from '../../core/dockerd/restart/config-change.js';
import type { Plan } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import type { DaemonController } from '../dockerd/control/controller.js';
import { deadline, type Deadline } from '../systemd/deadline.js';
import type { ApplyOptions } from './apply.js';

interface Observing extends Pick<ApplyOptions, 'activate' | 'config' | 'timeoutMs'> {
  readonly daemon: DaemonController;
  readonly end: Deadline;
}

/** dockerd at the moment of a change. null where it has no part in the plan: it is not even looked at. */
export async function observeFor(
  host: Host,
  { activation }: Plan,
  { daemon, activate, config, timeoutMs, end }: Observing,
): Promise<ObservedDaemon | null> {
  const asked = activate === 'reload' || activate === 'restart';
  if (activation.action === 'none' && !asked) return null;
  // Whom a restart takes along is only for systemd to say, at that moment.
  const anew = activation.action === 'restart' || activate === 'restart';
  const look = () => daemon.observe(config, { timeoutMs, anew });
  return activate === 'never' ? await look() : await untilItAnswers(host, look, end);
}

/** How long a dockerd may be silent that systemd holds for started. */
const SILENT_MS = 2_000;

/** Another may have restarted it this moment: while it is being started there is time. */
async function untilItAnswers(
  host: Host,
  look: () => Promise<ObservedDaemon>,
  end: Deadline,
): Promise<ObservedDaemon> {
  const given = deadline(host, SILENT_MS);
  let seen = await look();
  while (seen.silence !== null && seen.silence !== 'stopped') {
    const limit = seen.silence === 'starting' ? end : given;
    if (limit.left() <= 1) break;
    await host.clock.sleep(100);
    seen = await look();
  }
  return seen;
}

/** How dockerd is made to take the plan over, as it is now and as the operator wants it. */
export function choose(
  { self }: Host,
  {
    plan,
    options: { activate, config },
    observed,
  }: {
    readonly plan: Plan;
    readonly options: Pick<ApplyOptions, 'activate' | 'config'>;
    readonly observed: ObservedDaemon | null;
  },
): Choice {
  const state = observed?.state ?? 'absent';
  return chooseActivation(plan.activation, {
    activate,
    state,
    root: self.root,
    config,
    reader: observed?.unmanaged?.reader ?? null,
  });
}

/** A dockerd that is down is started where a reload would have done: what that does is no news then. */
export function notesOf(
  plan: Plan,
  {
    action,
    observed,
    containers,
  }: Pick<Choice, 'action'> & {
    readonly observed: ObservedDaemon | null;
    readonly containers: 'keep' | 'stop';
  },
): readonly string[] {
  if (action !== 'restart') return plan.notes;
  const kept = plan.notes.filter((note) => !isReloadNote(note));
  if (observed === null || containers === 'stop' || observed.containers.length === 0) return kept;
  const config = configIn(configChange(plan, observed).after);
  const isOn = observed.info?.LiveRestoreEnabled === true;
  return [...kept, ...carriedRestartNotes(config, engineOf(observed.version), isOn)];
}
