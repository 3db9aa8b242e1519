import { chooseActivation } from '../core/activation-choice.js';
import { fingerprintOf, sameFingerprint } from '../core/content.js';
import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { Outcome } from '../core/outcome.js';
import { isEmpty, type Plan, type Secrets } from '../core/plan.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import type { DaemonDeeds } from './daemon-deeds.js';
import { foreignEdit } from './file.js';
import { readImage } from './image.js';
import { hasJournal } from './journal.js';
import { takeLock } from './lock.js';
import { recover } from './recover.js';
import { carryOut } from './transaction.js';

/** The global options that matter here, under their own names: `{ ...context.options, commandLine }` fits. */
export interface ApplyOptions {
  readonly dryRun: boolean;
  readonly activate: 'auto' | 'reload' | 'restart' | 'never';
  readonly containers: 'keep' | 'stop';
  readonly validate: boolean;
  readonly timeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly confirmWithinMs: number | null;
  readonly config: string | null;
  readonly commandLine: string;
  /** The bytes of the secrets that the plan names. */
  readonly secrets?: Secrets;
  readonly daemon?: DaemonDeeds;
}

/**
 * The one way to change the machine: carries out a plan, or leaves everything as it was.
 * @throws locked, stale-plan, file-not-writable, not-permitted: nothing was changed;
 *   rolled-back, rollback-failed: dockerd was told and refused
 */
export async function applyPlan(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const rest = { plan, activated: null, pending: [], generation: null };
  if (isEmpty(plan) && !hasJournal(host)) return { status: 'unchanged', ...rest };
  if (options.dryRun) return { status: 'planned', ...rest };
  const { lockTimeoutMs: waitMs, commandLine: command } = options;
  const release = await takeLock(host, { waitMs, command });
  try {
    await settle(host, options);
    refuseStale(host, plan);
    return await apply(host, plan, options);
  } finally {
    await release();
  }
}

async function apply(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const { daemon, containers, timeoutMs, secrets = new Map() } = options;
  const observed = plan.activation.action === 'none' ? null : await observe(host, options);
  const { action, pending } = chooseActivation(plan.activation, {
    activate: options.activate,
    state: observed?.state ?? 'absent',
    root: host.self.root,
  });
  const tell = action !== 'none' && observed !== null && daemon !== undefined;
  const entry = await carryOut(host, {
    plan,
    secrets,
    commandLine: options.commandLine,
    config: options.config,
    activation: { ...plan.activation, action },
    wasRunning: observed?.state === 'running',
    activate: tell
      ? () => daemon.activate(observed, { action, expect: plan.expect, containers, timeoutMs })
      : null,
    restoreDaemon: async (restored) => {
      if (observed !== null) await daemon?.restore(observed, { action: restored, timeoutMs });
    },
  });
  const activated = entry.result?.activated ?? null;
  return { status: 'applied', plan, activated, pending, generation: entry.generation };
}

async function observe(host: Host, options: ApplyOptions): Promise<ObservedDaemon | null> {
  if (host.self.root !== null) return null;
  return (await options.daemon?.observe(options.config)) ?? null;
}

/** Ends what a dead process left; a change that waits for its confirmation stands in our way. */
async function settle(host: Host, { daemon, timeoutMs }: ApplyOptions): Promise<void> {
  const { did, entry } = await recover(host, { daemon: daemon ?? null, timeoutMs, force: false });
  if (did !== 'leave') return;
  throw new DockerctlError({
    code: 'locked',
    message: `\`dockerctl ${entry?.commandLine ?? ''}\` still waits for its confirmation`,
    hint: 'keep it with `dockerctl confirm`, or undo it with `dockerctl config rollback`',
  });
}

function refuseStale(host: Host, plan: Plan): void {
  for (const { path, before } of plan.changes) {
    const now = readImage(host, path, { secret: true });
    const same = sameFingerprint(now && fingerprintOf(now), before && fingerprintOf(before));
    if (!same) throw foreignEdit(path);
  }
}
