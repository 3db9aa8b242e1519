import type { Entry } from '../core/journal.js';
import { classify, resolve, undoAction, type Resolution } from '../core/recovery.js';
import { rollbackFailed } from '../core/rollback-error.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readBootId } from './boot-id.js';
import type { DaemonDeeds } from './daemon-deeds.js';
import { cleanUp, finish } from './finish.js';
import { readFingerprint } from './image.js';
import { readJournal, removeJournal } from './journal.js';
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
  /** Undo even what still waits for its confirmation. */
  readonly force: boolean;
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
  const did = options.force && entry.state === 'awaiting' ? 'roll-back' : decide(host, entry);
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

function decide(host: Host, entry: Entry): Resolution {
  return resolve(entry, {
    targets: entry.targets.map((target) => classify(target, readFingerprint(host, target.real))),
    bootId: readBootId(host),
    now: host.clock.now(),
    timerAlive: true,
  });
}

async function rollBack(host: Host, entry: Entry, options: RecoveryOptions): Promise<void> {
  const { daemon, timeoutMs } = options;
  const interrupted = new DockerctlError({
    code: 'rolled-back',
    message: `\`dockerctl ${entry.commandLine}\` was interrupted`,
    hint: 'run it again',
  });
  const failures = await undo(host, {
    entry,
    action: daemon === null ? 'none' : undoAction(entry, readBootId(host)),
    reason: interrupted.message,
    restoreDaemon: async (action) => {
      await daemon?.restore(await daemon.observe(entry.config), { action, timeoutMs });
    },
  });
  if (failures.length > 0) throw rollbackFailed(interrupted, failures);
}
