import type { Deadline, Entry } from '../core/journal.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { arm, disarm } from './dead-man.js';
import { finish } from './finish.js';
import { readJournal, writeJournal } from './journal.js';
import { takeLock } from './lock.js';
import { recover, type RecoveryOptions } from './recover.js';
import { noChange } from './roots-changes.js';

/** Once dockerd runs with the change: from now on the time for `dockerctl confirm` runs. */
export async function armConfirmation(
  host: Host,
  generation: number,
  withinMs: number,
): Promise<Deadline> {
  const timer = switchOf(generation);
  const at = host.clock.now() + withinMs;
  const options = ['--transaction', String(generation)];
  await arm(host, { unit: timer, delayMs: withinMs, options });
  return { at, timer };
}

/** Where there is nothing to be taken back any more. A switch that is left finds no journal and does nothing. */
export async function disarmConfirmation(host: Host, generation: number): Promise<void> {
  await disarm(host, switchOf(generation));
}

interface Confirmation extends Omit<RecoveryOptions, 'force'> {
  readonly lockTimeoutMs: number;
  readonly commandLine: string;
}

/**
 * Keeps the change that waits.
 * @throws not-found when none does; rolled-back when it is too late
 */
export async function confirmChange(host: Host, options: Confirmation): Promise<Entry> {
  return await locked(host, options, async () => {
    const { did, entry } = await recover(host, { ...options, force: false });
    if (entry?.state !== 'awaiting') throw nothingWaits(host);
    if (did !== 'leave') throw tooLate(entry);
    const committed: Entry = { ...entry, state: 'committed' };
    writeJournal(host, committed);
    await disarmConfirmation(host, entry.generation);
    finish(host, committed);
    return committed;
  });
}

/** Takes the change that waits back now; null when none does. */
export async function undoWaiting(host: Host, options: Confirmation): Promise<Entry | null> {
  return await locked(host, options, async () => {
    if (readJournal(host)?.state !== 'awaiting') return null;
    const { entry } = await recover(host, { ...options, force: true });
    if (entry !== null) await disarmConfirmation(host, entry.generation);
    return entry;
  });
}

function switchOf(generation: number): string {
  return `dockerctl-undo-${generation}-unconfirmed`;
}

async function locked<Result>(
  host: Host,
  { lockTimeoutMs: waitMs, commandLine: command }: Confirmation,
  deed: () => Promise<Result>,
): Promise<Result> {
  const release = await takeLock(host, { waitMs, command });
  try {
    return await deed();
  } finally {
    await release();
  }
}

function nothingWaits(host: Host): DockerctlError {
  return noChange(host, {
    code: 'not-found',
    message: 'no change waits for a confirmation',
    hint: 'dockerctl config history shows what became of the last ones',
    command: 'confirm',
  });
}

function tooLate({ commandLine }: Entry): DockerctlError {
  return new DockerctlError({
    code: 'rolled-back',
    message: `it is too late: \`dockerctl ${commandLine}\` was taken back`,
    hint: `make the change again: dockerctl ${commandLine}`,
  });
}
