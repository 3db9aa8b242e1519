import {
  commentsPath,
  configIn,
  type DaemonEdit,
  type EditOptions,
  planDaemonEdit,
} from '../../core/dockerd/config/edit.js';
import { asBeforeTheKey } from '../../core/dockerd/config/restore-original-bytes.js';
import { configChange } from '../../core/dockerd/restart/config-change.js';
import { refuseOverruled } from '../../core/dockerd/running/overruled.js';
import { judgePlan } from '../../core/dockerd/validate/check-plan.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan, Secrets } from '../../core/plan/plan.js';
import type { DeclaredStatement } from '../../core/declaration/record.js';
import { daemonStatements } from '../../core/declaration/statements.js';
import { isDockerctlError } from '../../errors.js';
import { agrees } from './agreement.js';
import { readPlans } from '../../system/history/history.js';
import { readHostFacts } from '../../system/dockerd/host-facts.js';
import { readImage } from '../../system/files/image.js';
import { withLock } from '../../system/files/lock.js';
import { noteStarted } from '../../system/dockerd/start-record.js';
import type { Context } from '../context/command.js';
import type { FlagImport } from '../../core/dockerd/config/import-flags.js';
import { importing, withDropIn } from './import-flags.js';
import { flagsInTheWay } from './flags-in-the-way.js';
import { applyChange } from './apply-change.js';
import { noteUnknownEngine, observe } from '../context/observe.js';
import { followStore } from './store-switch.js';
import { withRecord } from '../declaration/record-change.js';

/** Each try starts from the file as it is then: so many foreign edits in a row are no accident. */
const MOST_TRIES = 20;
/** After so many the lock is held from the look on: other dockerctls wait, and can no longer be faster each time. */
const UNLOCKED_TRIES = 2;

/**
 * Observe, plan, apply: the one way in which a command edits daemon.json. A file that somebody changes in between is
 * read again: the edit is made on what they wrote.
 */
export async function changeDaemonJson(
  context: Context,
  edit: DaemonEdit,
  beside: Beside = (plan) => ({ plan }),
): Promise<Outcome> {
  const { host, options, commandLine } = context;
  for (let tries = 1; ; tries += 1)
    try {
      const isLocked = tries > UNLOCKED_TRIES;
      const change = () => tryToChange(context, edit, { beside, isLocked });
      if (!isLocked) return await change();
      return await withLock(host, { ...options, commandLine }, change);
    } catch (error) {
      const isStale = isDockerctlError(error) && error.code === 'stale-plan';
      if (tries >= MOST_TRIES || !isStale) throw error;
    }
}

/** What belongs to the same change in other files: it is decided on the plan for daemon.json, and done with it. */
export type Beside = (
  plan: Plan,
  observed: ObservedDaemon,
) => { readonly plan: Plan; readonly secrets?: Secrets };

async function tryToChange(
  context: Context,
  edit: DaemonEdit,
  how: Pick<Change, 'beside' | 'isLocked'>,
): Promise<Outcome> {
  const observed = await observe(context);
  const flags = await flagsInTheWay(context, observed, edit);
  return changeObserved(context, observed, { edit, flags, ...how });
}

interface Change {
  readonly edit: DaemonEdit;
  /** Flags that go into the file with it. */
  readonly flags: FlagImport | null;
  readonly beside?: Beside;
  readonly isLocked?: boolean;
}

/** Plans and applies an edit of the daemon.json that was observed. */
export async function changeObserved(
  context: Context,
  observed: ObservedDaemon,
  { edit, flags, beside = (plan) => ({ plan }), isLocked = false }: Change,
): Promise<Outcome> {
  const { host, options } = context;
  if (!options.dryRun) noteStarted(host, observed);
  const moved = flags && importing(observed, edit, flags);
  const { observed: seen, edit: own } = moved ?? { observed, edit };
  const planned = await withConsent(context, seen, (how) =>
    asBeforeTheKey(
      planDaemonEdit(seen, own, moved === null ? how : { ...how, activate: 'restart' }),
      seen,
      readPlans(host),
    ),
  );
  if (options.validate && edit.key !== undefined)
    refuseOverruled(observed, edit.key, configIn(configChange(planned, observed).after));
  const plan = moved === null ? planned : withDropIn(host, planned, moved);
  const { plan: besides, secrets } = beside(plan, observed);
  const whole = followStore(host, besides, observed);
  return applyChange(context, await withDaemonRecord(context, whole, observed.configPath), {
    secrets,
    editsFileOf: observed,
    ...(moved !== null && { startWords: moved.flags.words }),
    judgedOn: options.validate ? seen : undefined,
    isLocked,
  });
}

/** The plan, with what it changes in the daemon.json at `path` recorded where that is asked for. */
export function withDaemonRecord(context: Context, plan: Plan, path: string): Promise<Plan> {
  return withRecord(context, plan, statementsOf(plan, path));
}

/** What the plan makes of the daemon.json at `path`. */
export function statementsOf(plan: Plan, path: string): DeclaredStatement[] {
  const change = plan.changes.find((one) => one.path === path);
  return change === undefined
    ? []
    : daemonStatements(configIn(change.before), configIn(change.after));
}

/**
 * Plans a change of daemon.json. Where the file must first become strict JSON, asks whether it may; what dockerd would not
 * start with is refused, unless `--no-validate` says that we are wrong.
 */
export async function withConsent(
  context: Context,
  observed: ObservedDaemon,
  plan: (options: EditOptions) => Plan,
): Promise<Plan> {
  const agreed = await planAsAgreed(context, observed.configPath, plan);
  if (!context.options.validate) return agreed;
  noteUnknownEngine(context, observed);
  return judgePlan(agreed, observed, readHostFacts(context.host, observed));
}

async function planAsAgreed(
  { host, options, terminal }: Context,
  path: string,
  plan: (options: EditOptions) => Plan,
): Promise<Plan> {
  const { activate, dryRun } = options;
  try {
    return plan({ activate });
  } catch (error) {
    if (!isDockerctlError(error) || error.code !== 'not-strict-json') throw error;
    const question = `${error.message}\nRewrite it as strict JSON and keep its comments in ${commentsPath(path)}?`;
    if (!dryRun && !(await agrees(() => terminal.confirm(question, '--yes')))) throw error;
    return plan({ activate, convert: { commentsFile: readImage(host, commentsPath(path)) } });
  }
}
