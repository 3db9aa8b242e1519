import { chooseActivation, type Choice } from '../core/activation-choice.js';
import { fingerprintOf, sameFingerprint } from '../core/content.js';
import { passingTexts } from '../core/daemon/carry.js';
import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { Entry } from '../core/journal.js';
import { containersText, planRestart } from '../core/daemon/plan-restart.js';
import type { Outcome } from '../core/outcome.js';
import { undoOf } from '../core/undo.js';
import { isEmpty, type Plan, type Secrets } from '../core/plan.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { bringBack } from './bring-back.js';
import { askDockerd, refuseInvalid } from './candidate.js';
import { daemonDeeds, type DaemonDeeds } from './daemon-deeds.js';
import { unhurried } from './composure.js';
import { foreignEdit } from './file.js';
import { readImage } from './image.js';
import { hasJournal } from './journal.js';
import { takeLock } from './lock.js';
import { recover, type Recovery } from './recover.js';
import { refuseQuarantined } from './quarantine.js';
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
  /** Says what takes time. */
  readonly progress?: (message: string) => void;
  /** The daemon's side; the real one unless given. */
  readonly daemon?: DaemonDeeds;
}

/**
 * The one way to change the machine: carries out a plan, or leaves everything as it was.
 * @throws locked, stale-plan, file-not-writable, not-permitted: nothing was changed;
 *   rolled-back, rollback-failed: dockerd was told and refused
 */
export async function applyPlan(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const unchanged: Outcome = { status: 'unchanged', plan, ...UNTOUCHED };
  if (isEmpty(plan) && !hasJournal(host)) return unchanged;
  if (options.dryRun) return await foresee(host, plan, options);
  const { lockTimeoutMs: waitMs, commandLine: command } = options;
  const release = await takeLock(host, { waitMs, command });
  try {
    const recovery = await settle(host, options);
    refuseUndone(plan, recovery);
    if (isEmpty(plan)) return { ...unchanged, pending: notYetKept(recovery) };
    refuseWaiting(recovery);
    refuseStale(host, plan);
    return await unhurried(host, options.progress, () => apply(host, plan, options));
  } finally {
    await release();
  }
}

const UNTOUCHED = { activated: null, pending: [], generation: null } as const;

async function foresee(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const observed = await observe(host, plan, options);
  const { action, pending } = choose(host, { plan, options, observed });
  const { containers } = options;
  const told = observed === null ? [] : restartReasons(plan, observed, { action, containers });
  const reasons = [...plan.activation.reasons, ...told];
  const activation = pending.length > 0 ? plan.activation : { action, reasons };
  return { status: 'planned', ...UNTOUCHED, plan: { ...plan, activation }, pending };
}

/** What becomes of the containers. @throws containers-would-stop, cannot-restart */
function restartReasons(
  plan: Plan,
  observed: ObservedDaemon,
  how: Parameters<typeof planRestart>[2],
): readonly string[] {
  const prepared = planRestart(plan, observed, how);
  return how.action === 'restart' ? containersText(observed, prepared) : [];
}

async function apply(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const { containers, timeoutMs, progress, secrets = new Map() } = options;
  const daemon = deedsOf(host, options);
  const observed = await observe(host, plan, options);
  const { action, pending } = choose(host, { plan, options, observed });
  if (observed !== null && options.validate) {
    refuseInvalid(host, plan, observed);
    refuseQuarantined(host, plan, observed);
  }
  if (observed !== null) await askDockerd(host, plan, observed);
  const prepared =
    observed === null ? { plan, carry: null } : planRestart(plan, observed, { action, containers });
  const passing = prepared.carry && passingTexts(prepared.carry);
  const undo = undoOf(plan, observed);
  const request = { action, expect: plan.expect, containers, timeoutMs };
  const entry = await carryOut(host, {
    plan: prepared.plan,
    secrets,
    commandLine: options.commandLine,
    config: options.config,
    activation: { ...plan.activation, action },
    confirmWithinMs: options.confirmWithinMs,
    timeoutMs,
    undo,
    wasRunning: observed?.state === 'running',
    version: observed?.version ?? null,
    passing: passing && observed && { path: observed.configPath, texts: passing },
    activate:
      action === 'none' || observed === null
        ? null
        : (write) =>
            daemon.activate(observed, {
              ...request,
              passage: prepared.carry && {
                crossing: prepared.carry.forth,
                write,
                oldPid: observed.pid,
              },
              ...(progress && { progress }),
            }),
    restoreDaemon: async (restored, write) => {
      progress?.('Bringing back the old state');
      if (observed === null) return [];
      const passage = prepared.carry && {
        crossing: prepared.carry.back,
        write,
        oldPid: observed.pid,
      };
      return await bringBack(daemon, { observed, action: restored, undo, timeoutMs, passage });
    },
  });
  const activated = entry.result?.activated ?? null;
  return {
    status: 'applied',
    plan,
    activated,
    pending: [...pending, ...waiting(entry)],
    generation: entry.generation,
  };
}

/** Everything is as wanted, and may be so only until a change that waits is taken back. */
function notYetKept({ did, entry }: Recovery): string[] {
  return did === 'leave' && entry !== null
    ? waiting(entry, `\`dockerctl ${entry.commandLine}\``)
    : [];
}

function waiting({ deadline }: Entry, what = 'it'): string[] {
  if (deadline === null) return [];
  const until = new Date(deadline.at).toISOString();
  return [`${what} is taken back at ${until} unless you type \`dockerctl confirm\` before`];
}

function deedsOf(host: Host, { daemon }: ApplyOptions): DaemonDeeds {
  return daemon ?? daemonDeeds(host);
}

/** Null where dockerd has no part in the plan: it is not even looked at. */
async function observe(
  host: Host,
  { activation }: Plan,
  options: ApplyOptions,
): Promise<ObservedDaemon | null> {
  const asked = options.activate === 'reload' || options.activate === 'restart';
  if (activation.action === 'none' && !asked) return null;
  return await deedsOf(host, options).observe(options.config);
}

interface Situation {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly observed: ObservedDaemon | null;
}

function choose({ self }: Host, { plan, options, observed }: Situation): Choice {
  const state = observed?.state ?? 'absent';
  return chooseActivation(plan.activation, { activate: options.activate, state, root: self.root });
}

/** Ends what a dead process left. */
async function settle(host: Host, options: ApplyOptions): Promise<Recovery> {
  const daemon = host.self.root === null ? deedsOf(host, options) : null;
  const recovery = await recover(host, { daemon, timeoutMs: options.timeoutMs, force: false });
  if (recovery.did === 'roll-back')
    options.progress?.(
      `Undid \`dockerctl ${recovery.entry?.commandLine ?? ''}\`, which was cut off`,
    );
  return recovery;
}

/** What was planned on files that have just been put back is void, also when the plan was to do nothing. */
function refuseUndone(plan: Plan, { did, entry }: Recovery): void {
  const undone = new Set(entry?.targets.map(({ path }) => path));
  const concerned = isEmpty(plan) || plan.changes.some(({ path }) => undone.has(path));
  if (did !== 'roll-back' || !concerned) return;
  throw new DockerctlError({
    code: 'stale-plan',
    message: `\`dockerctl ${entry?.commandLine ?? ''}\` had been cut off, and has only now been undone`,
    hint: 'run the same command again: it starts from the files as they are now',
  });
}

function refuseWaiting({ did, entry }: Recovery): void {
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
