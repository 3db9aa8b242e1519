import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { JournalEntry } from '../../core/transaction/journal.js';
import { resolve, undoAction, type Resolution } from '../../core/transaction/recovery.js';
import { rollbackFailed } from '../../core/transaction/rollback-error.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import { keepsContainers } from '../../core/dockerd/restart/keeps-containers.js';
import type { Left } from '../../core/transaction/concurrent-edit.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { restoreMs } from '../../core/transaction/time-budget.js';
import { deadline } from '../systemd/deadline.js';
import { readBootId } from '../systemd/boot-id.js';
import { prepareRestore, type PreparedRestore } from './restore-daemon.js';
import type { DaemonController } from '../dockerd/control/controller.js';
import { setAside } from '../history/damaged-journal.js';
import { isRollbackTimerArmed } from './rollback-timer.js';
import { cleanUp, finish } from './finish.js';
import { oldBytes } from '../history/generation.js';
import { readJournal, removeJournal } from '../history/journal.js';
import { bridgeBack, interimConfigBack } from './interim-config.js';
import { undo } from './undo.js';

/** What recovery found and did. */
export interface Recovery {
  readonly did: Resolution | 'nothing';
  readonly entry: JournalEntry | null;
  readonly left: Left;
}

export interface RecoveryOptions {
  /** Null: files only, as before dockerd starts at boot. */
  readonly daemon: DaemonController | null;
  readonly timeoutMs: number;
  /** Undo even what still waits for its confirmation: any change, or this one. */
  readonly force: boolean | number;
}

/**
 * Brings an interrupted transaction to an end. The lock is held. Idempotent: may itself be killed and repeated.
 * @throws journal-damaged after setting it aside: nothing is guessed from it; rollback-failed
 */
export async function recover(host: Host, options: RecoveryOptions): Promise<Recovery> {
  const entry = readOrSetAside(host);
  if (entry === null) {
    removeJournal(host);
    return { did: 'nothing', entry, left: NOTHING };
  }
  const named = options.force === true || options.force === entry.generation;
  const forced = named && entry.state === 'awaiting';
  const did = forced ? 'roll-back' : await decide(host, entry);
  const left = (await RESOLUTIONS[did](host, entry, options)) ?? NOTHING;
  return { did, entry, left };
}

function readOrSetAside(host: Host): JournalEntry | null {
  try {
    return readJournal(host);
  } catch (error) {
    throw isDockerctlError(error) && error.code === 'journal-damaged' ? setAside(host) : error;
  }
}

const NOTHING: Left = { kept: [], pending: [] };

const RESOLUTIONS: Readonly<
  Record<
    Resolution,
    (host: Host, entry: JournalEntry, options: RecoveryOptions) => Promise<Left> | undefined
  >
> = {
  leave: () => undefined,
  finish: (host, entry) => {
    finish(host, entry);
    return undefined;
  },
  'clean-up': (host, entry) => {
    cleanUp(host, entry);
    return undefined;
  },
  'roll-back': rollBack,
};

async function decide(host: Host, entry: JournalEntry): Promise<Resolution> {
  return resolve(entry, {
    bootId: readBootId(host),
    timerAlive: entry.deadline !== null && (await isRollbackTimerArmed(host, entry.deadline.timer)),
  });
}

async function rollBack(host: Host, entry: JournalEntry, options: RecoveryOptions): Promise<Left> {
  const { daemon, timeoutMs } = options;
  const end = deadline(host, timeoutMs);
  const interrupted = new DockerctlError({
    code: 'rolled-back',
    message: `\`dockerctl ${entry.commandLine}\` was ${entry.state === 'awaiting' ? 'not confirmed' : 'cut off'}`,
    hint: 'run it again',
  });
  const { failures, kept, pending } = await undo(host, {
    entry,
    action: daemon === null ? 'none' : undoAction(entry, readBootId(host)),
    reason: interrupted.message,
    refusedBy: null,
    prepareRestore: async (action) => {
      if (daemon === null) return NOTHING_TO_RESTORE;
      const observed = await daemon.observe(entry.config, { timeoutMs, anew: true });
      const interimConfig = interimConfigBack(host, entry, observed);
      const liveRestore = livedOn(host, entry, observed);
      const { containers = 'keep' } = entry;
      return await prepareRestore(
        daemon,
        {
          observed,
          look: () => daemon.observe(entry.config, { timeoutMs, anew: true }),
          told: { action, containers, pid: null, liveRestore },
          undo: entry.undo,
          left: () => restoreMs(end.left()),
          interimConfig,
          outliving: interimConfig !== null || liveRestore,
          ...bridgeBack(host, entry, observed),
        },
        observed,
      );
    },
  });
  if (failures.length > 0) throw rollbackFailed(interrupted, failures);
  return { kept, pending };
}

const NOTHING_TO_RESTORE: PreparedRestore = {
  interim: false,
  restore: () => Promise.resolve([]),
};

/** Whether the old daemon.json let containers run on without dockerd. */
function livedOn(host: Host, entry: JournalEntry, observed: ObservedDaemon): boolean {
  const index = entry.targets.findIndex(({ path }) => path === observed.configPath);
  const old = index >= 0 ? oldBytes(host, entry, index) : bytesIn(observed.configFile);
  return keepsContainers(observed, old);
}
