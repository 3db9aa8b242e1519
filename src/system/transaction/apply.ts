import { refuseUnanswering } from '../../core/dockerd/activation/unanswering.js';
import { deadline, type Deadline } from '../systemd/deadline.js';
import { chooseActivation, type Choice } from '../../core/dockerd/activation/activation-choice.js';
import { fingerprintOf, sameFingerprint } from '../../core/plan/content.js';
import { judgePlan } from '../../core/dockerd/validate/check-plan.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { planRestart, restartText } from '../../core/dockerd/activation/plan-restart.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { isEmpty, type Plan, type Secrets } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { askDockerd, refuseNewFlags } from '../dockerd/dockerd-validate.js';
import { daemonController, type DaemonController } from '../dockerd/controller.js';
import { deferSignals } from './defer-signals.js';
import { daemonHooks } from './daemon-hooks.js';
import { foreignEdit } from '../files/file.js';
import { noteStarted } from '../dockerd/start-record.js';
import { readHostFacts } from '../dockerd/host-facts.js';
import { readImage } from '../files/image.js';
import { hasJournal } from '../history/journal.js';
import { rememberChange } from '../history/last-good.js';
import { takeLock } from '../files/lock.js';
import {
  notYetKept,
  refuseUndone,
  refuseWaiting,
  finishInterrupted,
  waiting,
} from './preflight.js';
import { refuseQuarantined } from '../history/quarantine.js';
import { refuseOpenFiles } from './refuse-open-files.js';
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
  readonly secrets?: Secrets;
  /** Says what takes time. */
  readonly progress?: (message: string) => void;
  /** Says what nobody would expect. */
  readonly note?: (message: string) => void;
  /** The daemon's side; the real one unless given. */
  readonly daemon?: DaemonController;
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
    const daemon = host.self.root === null ? controllerOf(host, options) : null;
    const { timeoutMs, note } = options;
    const recovery = await finishInterrupted(host, { daemon, timeoutMs, note });
    refuseUndone(plan, recovery);
    if (isEmpty(plan)) return { ...unchanged, pending: notYetKept(recovery) };
    refuseWaiting(recovery);
    refuseStale(host, plan);
    return await deferSignals(host, note, () => apply(host, plan, options));
  } finally {
    await release();
  }
}

const UNTOUCHED = { activated: null, pending: [], generation: null } as const;

async function foresee(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const end = deadline(host, options.timeoutMs);
  const observed = await observe(host, plan, { options, end });
  const { action, pending } = choose(host, { plan, options, observed });
  if (observed !== null) refuseUnanswering(observed, action);
  const { containers } = options;
  refuseOpenFiles(host, plan, observed);
  if (observed !== null && options.validate) refuseJudged(host, plan, { observed, action });
  const told = observed === null ? [] : restartReasons(plan, observed, { action, containers });
  const reasons = [...plan.activation.reasons, ...told];
  const activation = pending.length > 0 ? plan.activation : { action, reasons };
  return { status: 'planned', ...UNTOUCHED, plan: { ...plan, activation }, pending };
}

/** What the restart of dockerd means for containers and units, for a dry run. @throws containers-would-stop, cannot-restart */
function restartReasons(
  plan: Plan,
  observed: ObservedDaemon,
  how: Parameters<typeof planRestart>[2],
): readonly string[] {
  const prepared = planRestart(plan, observed, how);
  return how.action === 'restart' ? restartText(observed, prepared) : [];
}

async function apply(host: Host, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const end = deadline(host, options.timeoutMs);
  const observed = await observe(host, plan, { options, end });
  if (observed !== null) noteStarted(host, observed);
  const { action, pending } = choose(host, { plan, options, observed });
  if (observed !== null) refuseUnanswering(observed, action);
  await refuseUnfit(host, plan, { options, observed, action });
  const { commandLine, config, confirmWithinMs, containers, timeoutMs, progress } = options;
  const daemon = controllerOf(host, options);
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
    plan,
    activated: entry.result?.activated ?? null,
    pending: [...pending, ...waiting(entry)],
    generation: entry.generation,
  };
}

async function refuseUnfit(
  host: Host,
  plan: Plan,
  {
    options,
    observed,
    action,
  }: Pick<ObservedPlan, 'options' | 'observed'> & Pick<Choice, 'action'>,
): Promise<void> {
  refuseOpenFiles(host, plan, observed);
  if (observed === null) return;
  if (options.validate) refuseJudged(host, plan, { observed, action });
  await askDockerd(host, plan, observed);
}

/** Writes nothing, so that a dry run refuses the same. @throws invalid-config */
function refuseJudged(
  host: Host,
  plan: Plan,
  { observed, action }: { readonly observed: ObservedDaemon } & Pick<Choice, 'action'>,
): void {
  if (action === 'restart') refuseNewFlags(host, observed);
  judgePlan(plan, observed, readHostFacts(host, observed));
  refuseQuarantined(host, plan, observed);
}

function controllerOf(host: Host, { daemon }: ApplyOptions): DaemonController {
  return daemon ?? daemonController(host);
}

/** Null where dockerd has no part in the plan: it is not even looked at. */
async function observe(
  host: Host,
  { activation }: Plan,
  { options, end }: { readonly options: ApplyOptions; readonly end: Deadline },
): Promise<ObservedDaemon | null> {
  const { activate, config, timeoutMs } = options;
  const asked = activate === 'reload' || activate === 'restart';
  if (activation.action === 'none' && !asked) return null;
  const look = () => controllerOf(host, options).observe(config, timeoutMs);
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

interface ObservedPlan {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly observed: ObservedDaemon | null;
}

function choose({ self }: Host, { plan, options, observed }: ObservedPlan): Choice {
  const state = observed?.state ?? 'absent';
  return chooseActivation(plan.activation, {
    activate: options.activate,
    state,
    root: self.root,
    config: options.config,
  });
}

function refuseStale(host: Host, plan: Plan): void {
  for (const { path, before } of plan.changes) {
    const now = readImage(host, path, { secret: true });
    const same = sameFingerprint(now && fingerprintOf(now), before && fingerprintOf(before));
    if (!same) throw foreignEdit(path);
  }
}
