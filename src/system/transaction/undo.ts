import type { JournalEntry } from '../../core/transaction/journal.js';
import type { ActivationAction } from '../../core/plan/plan.js';
import { classify } from '../../core/transaction/recovery.js';
import { reasonWith } from '../../core/transaction/rollback-error.js';
import type { Host } from '../../host/host.js';
import { writeInterim, putBack, tidy, type Swap } from '../files/file.js';
import { finish } from './finish.js';
import { oldBytes } from '../history/generation.js';
import { readFingerprint } from '../files/image.js';
import { writeJournal } from '../history/journal.js';
import { interimConfigBack } from './interim-config.js';
import type { PreparedRestore } from './restore-daemon.js';
import { refresh } from '../files/refresh.js';

/** What a rollback needs to know. */
export interface UndoRequest {
  readonly entry: JournalEntry;
  readonly action: ActivationAction;
  /** Why, for history. */
  readonly reason: string;
  /** The version of the dockerd that refused the new files; null where none did. */
  readonly refusedBy: string | null;
  /** Never throws. */
  readonly prepareRestore: (action: ActivationAction) => Promise<PreparedRestore>;
}

/** What the rollback achieved. */
export interface UndoResult {
  /** What could not be restored. */
  readonly failures: readonly unknown[];
  /** What is not as before the change, a sentence each: of dockerd, which may keep some of it. */
  readonly pending: readonly string[];
  /** Files that somebody else changed meanwhile: they were not touched. */
  readonly kept: readonly string[];
}

/**
 * Restores the old files and the old daemon, and closes the transaction as rolled back. May be repeated at will.
 * The journal stays open when a file could not be restored, and only then.
 */
export async function undo(host: Host, request: UndoRequest): Promise<UndoResult> {
  const { entry, action, reason, refusedBy } = request;
  const failures: unknown[] = [];
  announce(host, entry);
  const untold = action === 'none' && (entry.told ?? 'none') === 'none';
  const restore = untold ? null : await request.prepareRestore(action);
  const kept = putAllBack(host, entry, { failures, interim: restore?.interim === true });
  if (failures.length > 0) return { failures, pending: [], kept };
  await collectFailure(failures, () => refresh(host, entry.refresh));
  const pending: string[] = [];
  if (restore !== null)
    await collectFailure(failures, async () => {
      pending.push(...(await restore.restore(kept)));
    });
  if (failures.length > 0 && !staysBack(host, entry, failures)) return { failures, pending, kept };
  const endedAt = host.clock.now();
  const error = reasonWith(reason, failures);
  const result = { status: 'rolled-back', endedAt, activated: null, error } as const;
  // A dockerd that does not come up on the old files either says nothing of the new ones.
  const refusal = failures.length === 0 ? refusedBy : null;
  const closed: JournalEntry = {
    ...entry,
    state: 'undone',
    result: { ...result, refusedBy: refusal, kept, pending },
  };
  await collectFailure(failures, () => {
    finish(host, closed);
  });
  return { failures, pending, kept };
}

/** A live-restore restart that failed may have left an interim config in daemon.json. */
function staysBack(host: Host, entry: JournalEntry, failures: unknown[]): boolean {
  const before = failures.length;
  putAllBack(host, entry, { failures, interim: false });
  return failures.length === before;
}

/** Whoever finds the journal after us goes on rolling back anyway: a full disk must not stop the rollback. */
function announce(host: Host, entry: JournalEntry): void {
  try {
    writeJournal(host, { ...entry, state: 'rolling-back' });
  } catch {
    return;
  }
}

interface PutBackOptions {
  readonly failures: unknown[];
  /** daemon.json first takes its old text with live-restore on. */
  readonly interim: boolean;
}

/** In reverse order. Returns the files that somebody else changed meanwhile: they are not touched. */
function putAllBack(
  host: Host,
  entry: JournalEntry,
  { failures, interim }: PutBackOptions,
): string[] {
  const kept: string[] = [];
  entry.targets.toReversed().forEach((target, fromEnd) => {
    try {
      const swap = { target, generation: entry.generation };
      const config =
        interim && target.passing.length > 0 ? interimConfigBack(host, entry, null) : null;
      const put =
        config === null
          ? () => putBack(host, swap, oldBytes(host, entry, entry.targets.length - 1 - fromEnd))
          : () => putOn(host, swap, config.texts.on);
      if (!putOneBack(host, swap, put)) kept.push(target.path);
    } catch (error) {
      failures.push(error);
    }
  });
  return kept;
}

function putOneBack(host: Host, swap: Swap, put: () => boolean): boolean {
  const state = classify(swap.target, readFingerprint(host, swap.target.real));
  const ours = state === 'after' || state === 'torn';
  const untouched = ours ? put() : state !== 'foreign';
  tidy(host, swap);
  return untouched;
}

/**
 * The old text with live-restore: systemd, or a client of docker.socket, may start dockerd before we do, and with the
 * old text alone it would stop the containers that must survive.
 */
function putOn(host: Host, swap: Swap, text: string): true {
  writeInterim(host, swap, Buffer.from(text));
  return true;
}

async function collectFailure(
  failures: unknown[],
  action: () => Promise<void> | void,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    failures.push(error);
  }
}
