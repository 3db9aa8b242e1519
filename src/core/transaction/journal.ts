import { type Fingerprint, sha256 } from '../plan/content.js';
import type { Activated } from '../plan/outcome.js';
import type { Undo } from '../dockerd/config/undo.js';
import type { Activation, ActivationAction, RefreshCommand } from '../plan/plan.js';

/**
 * How far a transaction got. Until `committed` it is undone by whoever finds it; `committed` is the point after which it
 * only needs tidying up. `undone`: everything is back, only tidying up is missing.
 */
export type JournalState =
  'preparing' | 'prepared' | 'applied' | 'awaiting' | 'rolling-back' | 'committed' | 'undone';

/** One file of a transaction. */
export interface TransactionTarget {
  /** As the plan names it, and the file behind its links, which is what changes. */
  readonly path: string;
  readonly real: string;
  readonly before: Fingerprint | null;
  readonly after: Fingerprint | null;
  /** rename(2) gave EBUSY: the file is overwritten, so it may be torn, and then it is ours to fix. */
  readonly inPlace: boolean;
  /**
   * The SHA-256 of each interim config: live-restore is switched on and off in daemon.json around a restart that containers
   * must survive. Journals on disk know it under this name.
   */
  readonly passing: readonly string[];
}

/** The rollback timer of a transaction that waits for `dockerctl confirm`. */
export interface ConfirmDeadline {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The timer of PID 1 that undoes the transaction. */
  readonly timer: string;
}

/** What journal.json says: everything another process needs to finish or undo, but never the bytes of a file. */
export interface JournalEntry {
  readonly generation: number;
  readonly state: JournalState;
  readonly title: string;
  readonly commandLine: string;
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Of the kernel; another one means that the machine was restarted since. Null where there is none to ask. */
  readonly bootId: string | null;
  readonly targets: readonly TransactionTarget[];
  /** Folders that did not exist before, outermost first. */
  readonly folders: readonly string[];
  readonly prune: readonly string[];
  readonly refresh: readonly RefreshCommand[];
  /** What dockerd is told, and the daemon.json given by `--config`. */
  readonly activation: Activation;
  readonly config: string | null;
  /** How dockerd comes back to the old files. */
  readonly undo: Undo;
  /** Whether dockerd ran: a rollback need not bring up what was down. */
  readonly wasRunning: boolean;
  /** What may become of running containers. */
  readonly containers?: 'keep' | 'stop';
  /** The most that dockerd was told of the change: written before it is. An older dockerctl did not write it. */
  readonly told?: ActivationAction;
  readonly deadline: ConfirmDeadline | null;
  readonly result: Result | null;
}

/** How a transaction ended. */
export interface Result {
  readonly status: 'applied' | 'rolled-back';
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly activated: Activated | null;
  /** Why it was rolled back. */
  readonly error: string | null;
  /** What is not as it should be yet, a sentence each. */
  readonly pending: readonly string[];
  /** The version of the dockerd that refused the new files, or did not come up on them; null where none did. */
  readonly refusedBy: string | null;
  /** Files that somebody else changed meanwhile, so that they were left alone. */
  readonly kept: readonly string[];
}

/** The text of journal.json: the entry and its checksum, so that a torn or edited journal is never believed. */
export function encodeEntry(entry: JournalEntry): string {
  const text = JSON.stringify(entry);
  return `${JSON.stringify({ sha256: sha256(text), entry: text })}\n`;
}

/** Null when the text is not what `encodeEntry` wrote. */
export function decodeEntry(text: string): JournalEntry | null {
  try {
    const envelope = JSON.parse(text) as { sha256?: unknown; entry?: unknown } | null;
    if (typeof envelope?.entry !== 'string') return null;
    return sha256(envelope.entry) === envelope.sha256
      ? (JSON.parse(envelope.entry) as JournalEntry)
      : null;
  } catch {
    return null;
  }
}
