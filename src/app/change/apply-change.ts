import type { Outcome } from '../../core/plan/outcome.js';
import type { Plan } from '../../core/plan/plan.js';
import { type ApplyOptions, applyPlan } from '../../system/transaction/apply.js';
import type { DaemonController } from '../../system/dockerd/control/controller.js';
import { noteStarted } from '../../system/dockerd/start-record.js';
import type { SourcedWord } from '../../core/dockerd/observed/unit.js';
import { startedWith } from './import-flags.js';
import { daemonOf } from '../context/observe.js';
import type { Context, Terminal } from '../context/command.js';
import { withPending } from './pending-after.js';

/** Applies a plan under the global options, and says what of it does not count although dockerd was told. */
export async function applyChange(
  context: Context,
  plan: Plan,
  { startWords, ...more }: ApplyHints = {},
): Promise<Outcome> {
  const { host, options, commandLine, terminal } = context;
  const real = daemonOf(context);
  const daemon = startWords === undefined ? real : startedWith(startWords, real);
  const said = { ...options, ...messagesOf(terminal), commandLine, ...more, daemon };
  await noteBefore(context, plan, daemon);
  return withPending(daemon, options, await applyPlan(host, plan, said));
}

/**
 * A new folder beside daemon.json makes the folder of both young: that there was no daemon.json when dockerd was started can be
 * seen before only.
 */
async function noteBefore(
  { host, options: { config, dryRun, timeoutMs } }: Context,
  { changes, activation }: Plan,
  daemon: DaemonController,
): Promise<void> {
  const isBeside = changes.some(({ path, before }) => before === null && path.startsWith(BESIDE));
  if (dryRun || activation.action !== 'none' || !isBeside) return;
  const observed = await daemon.observe(config, { timeoutMs }).catch(() => null);
  if (observed !== null) noteStarted(host, observed);
}

const BESIDE = '/etc/docker/';

/** What is at hand already of a plan that is to be applied. */
export interface ApplyHints extends Pick<
  ApplyOptions,
  'secrets' | 'judgedOn' | 'isLocked' | 'editsFileOf'
> {
  /** dockerd's command line after the change, where that changes it. */
  readonly startWords?: readonly SourcedWord[];
}

/** Progress and notes of a change, for the terminal. */
export function messagesOf(terminal: Terminal): Required<Pick<ApplyOptions, 'progress' | 'note'>> {
  return {
    progress: (message) => {
      terminal.progress(message);
    },
    note: (message) => {
      terminal.note(message);
    },
  };
}
