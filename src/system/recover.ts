import type { Entry } from '../core/journal.js';
import { classify, resolve, undoAction, type Resolution } from '../core/recovery.js';
import { rollbackFailed } from '../core/rollback-error.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readBootId } from './boot-id.js';
import { bringBack } from './bring-back.js';
import type { DaemonDeeds } from './daemon-deeds.js';
import { isArmed } from './dead-man.js';
import { cleanUp, finish } from './finish.js';
import { readFingerprint } from './image.js';
import { readJournal, removeJournal } from './journal.js';
import { wayBack } from './passage.js';
import { undo } from './undo.js';

/** What recovery found and did. */
export interface Recovery {
  readonly did: Resolution | 'nothing';
  readonly entry: Entry | null;
}

export interface RecoveryOptions {
  /** Null: files only, as before dockerd starts at boot. */
  readonly daemon: DaemonDeeds | null;
  readonly timeoutMs: number;
  /** Undo even what still waits for its confirmation: any change, or this one. */
  readonly force: boolean | number;
}

/**
 * Brings an interrupted transaction to an end. The lock is held. Idempotent: may itself be killed and repeated.
 * @throws journal-damaged, rollback-failed
 */
export async function recover(host: Host, options: RecoveryOptions): Promise<Recovery> {
  const entry = readJournal(host);
  if (entry === null) {
    removeJournal(host);
    return { did: 'nothing', entry };
  }
  const named = options.force === true || options.force === entry.generation;
  const forced = named && entry.state === 'awaiting';
  const did = forced ? 'roll-back' : await decide(host, entry);
  await DEEDS[did](host, entry, options);
  return { did, entry };
}

const DEEDS: Readonly<
  Record<Resolution, (host: Host, entry: Entry, options: RecoveryOptions) => Promise<void> | void>
> = {
  leave: () => undefined,
  finish,
  'clean-up': cleanUp,
  'roll-back': rollBack,
};

async function decide(host: Host, entry: Entry): Promise<Resolution> {
  return resolve(entry, {
    targets: entry.targets.map((target) => classify(target, readFingerprint(host, target.real))),
    bootId: readBootId(host),
    timerAlive: entry.deadline !== null && (await isArmed(host, entry.deadline.timer)),
  });
}

async function rollBack(host: Host, entry: Entry, options: RecoveryOptions): Promise<void> {
  const { daemon, timeoutMs } = options;
  const interrupted = new DockerctlError({
    code: 'rolled-back',
    message: `\`dockerctl ${entry.commandLine}\` was ${entry.state === 'awaiting' ? 'not confirmed' : 'cut off'}`,
    hint: 'run it again',
  });
  const { failures } = await undo(host, {
    entry,
    action: daemon === null ? 'none' : undoAction(entry, readBootId(host)),
    reason: interrupted.message,
    refusedBy: null,
    restoreDaemon: async (action) => {
      if (daemon === null) return [];
      const observed = await daemon.observe(entry.config);
      const passage = wayBack(host, entry);
      return await bringBack(daemon, { observed, action, undo: entry.undo, timeoutMs, passage });
    },
  });
  if (failures.length > 0) throw rollbackFailed(interrupted, failures);
}
