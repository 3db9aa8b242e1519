import {
  refuseUnanswering,
  refuseUnknownEffect,
} from '../../core/dockerd/activation/unanswering.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { fingerprintOf, sameFingerprint } from '../../core/plan/content.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { isEmpty, type Plan, type Secrets } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { daemonController, type DaemonController } from '../dockerd/control/controller.js';
import { noteStarted } from '../dockerd/start-record.js';
import { foreignEdit } from '../files/file.js';
import { readImage } from '../files/image.js';
import { withLock } from '../files/lock.js';
import { hasJournal } from '../history/journal.js';
import { rememberChange } from '../history/last-good.js';
import { deadline } from '../systemd/deadline.js';
import { daemonHooks } from './daemon-hooks.js';
import { deferSignals } from './defer-signals.js';
import { foresee } from './foresee.js';
import { choose, notesOf, observeFor } from './observe-for.js';
import {
  finishInterrupted,
  notYetKept,
  refuseUndone,
  refuseWaiting,
  waiting,
} from './preflight.js';
import { refuseUnfit } from './refuse-unfit.js';
import { runTransaction } from './transaction.js';

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
  readonly secrets?: Secrets | undefined;
  /** Says what takes time. */
  readonly progress?: (message: string) => void;
  /** Says what nobody would expect. */
  readonly note?: (message: string) => void;
  /** The daemon's side, as far as it was looked at already; a new one unless given. */
  readonly daemon?: DaemonController;
  /** The dockerd that this very plan was judged on (`judgePlan`): it is not judged again on one that is the same. */
  readonly judgedOn?: ObservedDaemon | undefined;
  /** The dockerd whose daemon.json the plan edits, or finds as it should be. */
  readonly editsFileOf?: ObservedDaemon | undefined;
  /** The caller holds the lock, and made the plan under it. */
  readonly isLocked?: boolean;
}

/**
 * The one way to change the machine: carries out a plan, or leaves everything as it was.
 * @throws locked, stale-plan, file-not-writable, not-permitted: nothing was changed;
 *   rolled-back, rollback-failed: dockerd was told and refused
 */
export async function applyPlan(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  refuseUnseen(plan, options);
  const unchanged: Outcome = { status: 'unchanged', plan, ...UNTOUCHED };
  if (isEmpty(plan) && !hasJournal(host)) return unchanged;
  const daemon = options.daemon ?? daemonController(host);
  if (options.dryRun) return await foresee(host, plan, { ...options, daemon });
  const carryOut = async (): Promise<Outcome> => {
    const { timeoutMs, note } = options;
    const told = host.self.root === null ? daemon : null;
    const recovery = await finishInterrupted(host, { daemon: told, timeoutMs, note });
    refuseUndone(plan, recovery);
    if (isEmpty(plan)) return { ...unchanged, pending: notYetKept(recovery) };
    refuseWaiting(recovery);
    refuseStale(host, plan);
    return await deferSignals(host, note, () => apply(host, plan, { ...options, daemon }));
  };
  return options.isLocked === true ? await carryOut() : await withLock(host, options, carryOut);
}

/** Nor is a dockerd taken for one that need not be told, or has the file already, where it does not answer. */
function refuseUnseen({ activation }: Plan, { activate, editsFileOf }: ApplyOptions): void {
  if (activation.action === 'none' && activate !== 'never' && editsFileOf !== undefined)
    refuseUnknownEffect(editsFileOf);
}

const UNTOUCHED = { activated: null, pending: [], generation: null } as const;

async function apply(
  host: Host,
  plan: Plan,
  options: ApplyOptions & { readonly daemon: DaemonController },
): Promise<Outcome> {
  const { commandLine, config, confirmWithinMs, containers, timeoutMs, progress } = options;
  const { daemon, validate, judgedOn } = options;
  const end = deadline(host, timeoutMs);
  const observed = await observeFor(host, plan, { ...options, end });
  if (observed !== null) noteStarted(host, observed);
  const { action, pending } = choose(host, { plan, options, observed });
  if (observed !== null) refuseUnanswering(observed, action);
  await refuseUnfit(host, plan, { validate, observed, action, judgedOn });
  const entry = await runTransaction(host, {
    ...daemonHooks(plan, {
      daemon,
      observed,
      action,
      containers,
      config,
      timeoutMs,
      end,
      progress,
    }),
    changesFiles: plan.changes.length > 0,
    secrets: options.secrets ?? new Map(),
    activation: { ...plan.activation, action },
    commandLine,
    config,
    confirmWithinMs,
    timeoutMs,
  });
  if (entry.state === 'committed')
    rememberChange(host, {
      changes: plan.changes,
      configPath: config === null ? (observed?.configPath ?? null) : null,
      told: pending.length === 0,
    });
  return {
    status: 'applied',
    plan: { ...plan, notes: notesOf(plan, { action, observed, containers }) },
    activated: entry.result?.activated ?? null,
    pending: [...pending, ...waiting(entry)],
    generation: entry.generation,
  };
}

function refuseStale(host: Host, plan: Plan): void {
  for (const { path, before } of plan.changes) {
    const now = readImage(host, path, { secret: true });
    const same = sameFingerprint(now && fingerprintOf(now), before && fingerprintOf(before));
    if (!same) throw foreignEdit(path);
  }
}
