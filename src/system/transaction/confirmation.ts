import type { ConfirmDeadline, JournalEntry } from '../../core/transaction/journal.js';
import { isOverridden } from '../../core/transaction/recovery.js';
import { leftSentences, type Left } from '../../core/transaction/concurrent-edit.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { armRollbackTimer, disarmRollbackTimer } from './rollback-timer.js';
import { finish } from './finish.js';
import { readFingerprint } from '../files/image.js';
import { readJournal, writeJournal } from '../history/journal.js';
import { withLock } from '../files/lock.js';
import { recover, type RecoveryOptions } from './recover.js';
import { noChange } from '../history/state-access.js';

/** Once dockerd runs with the change: from now on the time for `dockerctl confirm` runs. */
export async function armConfirmation(
  host: Host,
  generation: number,
  withinMs: number,
): Promise<ConfirmDeadline> {
  const timer = timerOf(generation);
  const at = host.clock.now() + withinMs;
  const options = ['--transaction', String(generation)];
  await armRollbackTimer(host, { unit: timer, delayMs: withinMs, options });
  return { at, timer };
}

/** Where there is nothing to be taken back any more. A timer that is left finds no journal and does nothing. */
export async function disarmConfirmation(host: Host, generation: number): Promise<void> {
  await disarmRollbackTimer(host, timerOf(generation));
}

/** A change that was taken back. */
interface Undone {
  readonly entry: JournalEntry;
  /** What dockerd keeps of it, a sentence each. */
  readonly pending: readonly string[];
}

interface Confirmation extends Omit<RecoveryOptions, 'force'> {
  readonly lockTimeoutMs: number;
  readonly commandLine: string;
}

/**
 * Keeps the change that waits, as far as it is ours: what others wrote since stays as it is.
 * @throws not-found when none does; rolled-back when it is too late
 */
export async function confirmChange(host: Host, options: Confirmation): Promise<JournalEntry> {
  return await withLock(host, options, async () => {
    const { did, entry, left } = await recover(host, { ...options, force: false });
    if (entry?.state !== 'awaiting') throw nothingWaits(host);
    if (did !== 'leave') {
      await disarmConfirmation(host, entry.generation);
      throw tooLate(entry, left);
    }
    const kept = overridden(host, entry);
    const result = entry.result && { ...entry.result, kept };
    const committed: JournalEntry = { ...entry, state: 'committed', result };
    writeJournal(host, committed);
    await disarmConfirmation(host, entry.generation);
    finish(host, committed);
    return committed;
  });
}

/**
 * Takes the change that waits back now; null when none does.
 * @throws stale-plan where somebody else has written a file since: it was kept, and the change is closed all the same
 */
export async function undoWaiting(host: Host, options: Confirmation): Promise<Undone | null> {
  return await withLock(host, options, async () => {
    if (readJournal(host)?.state !== 'awaiting') return null;
    const { entry, left } = await recover(host, { ...options, force: true });
    if (entry === null) return null;
    await disarmConfirmation(host, entry.generation);
    if (left.kept.length > 0) throw takenBackInPart(entry, left);
    return { entry, pending: left.pending };
  });
}

function overridden(host: Host, { targets }: JournalEntry): string[] {
  return targets
    .filter((target) => isOverridden(target, readFingerprint(host, target.real)))
    .map(({ path }) => path);
}

function timerOf(generation: number): string {
  return `dockerctl-undo-${generation}-unconfirmed`;
}

function nothingWaits(host: Host): DockerctlError {
  return noChange(host, {
    code: 'not-found',
    message: 'no change waits for a confirmation',
    hint: '`dockerctl config history` shows what became of the last ones',
    command: 'confirm',
  });
}

function takenBackInPart({ commandLine }: JournalEntry, left: Left): DockerctlError {
  return new DockerctlError({
    code: 'stale-plan',
    message: [
      `what is ours of \`dockerctl ${commandLine}\` is taken back`,
      ...leftSentences(left),
    ].join('; '),
    hint: 'look at what is there now with `dockerctl status`; nothing waits any more',
  });
}

function tooLate({ commandLine }: JournalEntry, left: Left): DockerctlError {
  return new DockerctlError({
    code: 'rolled-back',
    message: [
      `it is too late: \`dockerctl ${commandLine}\` was taken back`,
      ...leftSentences(left),
    ].join('; '),
    hint: `make the change again: \`dockerctl ${commandLine}\``,
  });
}
