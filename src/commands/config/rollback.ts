import { foreignEdits, planRollback, type Past } from '../../core/transaction/rollback.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import { undoWaiting } from '../../system/transaction/confirmation.js';
import { daemonController } from '../../system/dockerd/control/controller.js';
import { readPlan } from '../../system/history/generation.js';
import { readOldSecrets, readPast, readPresent } from '../../system/history/history.js';
import { hasJournal, readJournal } from '../../system/history/journal.js';
import { observe } from '../../app/context/observe.js';
import { statementsOf } from '../../app/change/change.js';
import { applyChange } from '../../app/change/apply-change.js';
import { type Context, defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { withWarnings } from '../../app/declaration/record-change.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'bring back the exact files from before a change: the last one, or ID and all after it',
  args: [{ name: 'ID', describe: 'a change from `config history`' }],
  options: {},
  examples: ['config rollback', 'config rollback 12'],
  run: async (context, { args: [id] }) => {
    const { host, options, terminal } = context;
    const number = id === undefined ? null : numberOf(id);
    if (!options.dryRun) {
      const undone = await takeBackWaiting(context, number);
      if (undone !== null) return undone;
    }
    const past = readPast(host, number);
    if (!options.dryRun) await agreeToLaterOnes(terminal, past);
    const observed = await observe(context);
    const present = { images: readPresent(host, past), observed };
    const foreign = foreignEdits(past, present);
    if (
      foreign.length > 0 &&
      !options.dryRun &&
      !(await terminal.confirm(question(foreign), '--yes'))
    )
      throw notWanted(foreign);
    const oldest = past.at(-1)?.generation.generation ?? 0;
    const plan = planRollback(`rollback to before change ${oldest}`, past, present);
    const said = statementsOf(plan, observed.configPath);
    return applyChange(context, await withWarnings(context, plan, said), {
      secrets: readOldSecrets(host, past),
    });
  },
  render: renderOutcome,
});

/** A change that waits for `dockerctl confirm` is the last one, and is taken back as if its time were over; null: another one is meant. */
async function takeBackWaiting(
  { host, options, commandLine }: Context,
  id: number | null,
): Promise<Outcome | null> {
  if (!hasJournal(host) || (id !== null && id !== readJournal(host)?.generation)) return null;
  const daemon = host.self.root === null ? daemonController(host) : null;
  const undone = await undoWaiting(host, { ...options, daemon, commandLine });
  if (undone === null) return null;
  const { entry, pending } = undone;
  const plan = readPlan(host, entry.generation);
  if (plan === null) return null;
  return { status: 'rolled-back', plan, activated: null, pending, generation: null };
}

/** What else goes with the change that was named. Who is not at a terminal has said so by its number, and is told. */
async function agreeToLaterOnes(
  terminal: Context['terminal'],
  past: readonly Past[],
): Promise<void> {
  const later = past.slice(0, -1).map(({ generation }) => generation);
  if (later.length === 0) return;
  const count = later.length === 1 ? 'a later change goes' : `${later.length} later changes go`;
  const names = later.map(
    ({ generation, commandLine }) => `  ${generation}  ${printable(commandLine)}`,
  );
  terminal.note([`With it ${count}:`, ...names].join('\n'));
  if (await agreesWhereAsked(() => terminal.confirm('Take all of them back?', '--yes'))) return;
  throw new DockerctlError({
    code: 'answer-needed',
    message: 'nothing was rolled back.',
    hint: '`dockerctl config rollback` takes back the last change alone',
  });
}

async function agreesWhereAsked(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (isDockerctlError(error) && error.code === 'answer-needed') return true;
    throw error;
  }
}

function numberOf(id: string): number {
  if (/^[1-9]\d{0,8}$/.test(id)) return Number(id);
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${id}" is not the number of a change`,
    hint: 'dockerctl config history',
  });
}

function question(foreign: readonly string[]): string {
  return `Somebody else changed ${foreign.join(' and ')} since. Take that back too?`;
}

function notWanted(foreign: readonly string[]): DockerctlError {
  return new DockerctlError({
    code: 'answer-needed',
    message: `nothing was rolled back: ${foreign.join(', ')} changed since`,
    hint: 'look at them, then run it again with --yes',
  });
}
