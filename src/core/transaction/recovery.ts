import { type Fingerprint, sameFingerprint } from '../plan/content.js';
import type { JournalEntry, JournalState, TransactionTarget } from './journal.js';
import type { ActivationAction } from '../plan/plan.js';

/** What a file of an interrupted transaction turned out to be. `torn`: neither, but ours: cut off in between. */
export type TargetState = 'before' | 'after' | 'torn' | 'foreign';

/** The world as recovery finds it. */
export interface RecoveryFacts {
  readonly bootId: string | null;
  /** PID 1's timer counts on whatever the clock says, so it alone knows whether the time to confirm is over. */
  readonly timerAlive: boolean;
}

export type Resolution = 'clean-up' | 'roll-back' | 'finish' | 'leave';

/** What recovery does in each journal state that does not wait for a confirmation. */
const RESOLUTIONS: Readonly<Record<JournalState, Resolution>> = {
  preparing: 'clean-up',
  prepared: 'roll-back',
  applied: 'roll-back',
  awaiting: 'roll-back',
  'rolling-back': 'roll-back',
  committed: 'finish',
  undone: 'finish',
};

/**
 * What the next dockerctl does about a journal that it finds. A new configuration is never left unverified, so all but
 * `committed` is undone; only a change that still waits for its confirmation is left alone.
 */
export function resolve(entry: JournalEntry, found: RecoveryFacts): Resolution {
  const waits =
    entry.state === 'awaiting' &&
    entry.deadline !== null &&
    found.bootId === entry.bootId &&
    found.timerAlive;
  return waits ? 'leave' : RESOLUTIONS[entry.state];
}

/** `now` is the file as it is; a foreign file is never overwritten. */
export function classify(target: TransactionTarget, now: Fingerprint | null): TargetState {
  if (sameFingerprint(now, target.before)) return 'before';
  if (now?.sha256 === target.after?.sha256) return 'after';
  if (now?.sha256 === target.before?.sha256) return 'before';
  const ours = target.inPlace || (now !== null && target.passing.includes(now.sha256));
  return ours ? 'torn' : 'foreign';
}

/** Whether somebody else made another file, perhaps the old one, of what we had put there. */
export function isOverridden(target: TransactionTarget, now: Fingerprint | null): boolean {
  const state = classify(target, now);
  const same = sameFingerprint(target.before, target.after);
  return state === 'foreign' || (state === 'before' && !same);
}

/** How dockerd was told of the new files, and so by what at most it is restored: a restart of the machine has told it, too. */
export function undoAction(entry: JournalEntry, bootId: string | null): ActivationAction {
  if (!entry.wasRunning) return 'none';
  if (bootId !== entry.bootId) return entry.activation.action;
  const begun = entry.state !== 'preparing' && entry.state !== 'prepared';
  return begun ? (entry.told ?? entry.activation.action) : 'none';
}
