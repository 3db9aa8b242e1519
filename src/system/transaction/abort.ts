import type { Entry } from '../../core/transaction/journal.js';
import { undoAction } from '../../core/transaction/recovery.js';
import { rollbackFailed, rolledBack } from '../../core/transaction/rollback-error.js';
import { isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { disarmConfirmation } from './confirmation.js';
import { cleanUp } from './finish.js';
import { interimWriter } from './interim-config.js';
import { undo } from './undo.js';
import type { Work } from './request.js';

interface Failure {
  readonly work: Work;
  readonly entry: Entry;
  readonly error: unknown;
}

/** Undoes what was done so far. @returns the error to throw: the very cause where dockerd was not told yet. */
export async function giveUp(host: Host, { work, entry, error }: Failure): Promise<unknown> {
  if (work.confirmWithinMs !== null)
    await disarmConfirmation(host, entry.generation).catch(() => undefined);
  if (entry.state === 'preparing') {
    leftToTheNext(() => {
      cleanUp(host, entry);
    });
    return error;
  }
  const { failures, pending, kept } = await undo(host, {
    entry,
    action: undoAction(entry, entry.bootId),
    reason: error instanceof Error ? error.message : String(error),
    refusedBy: isRefusal(error) ? work.version : null,
    restoreDaemon: (action, theirs) =>
      work.restoreDaemon(action, interimWriter(host, entry), theirs),
  });
  if (failures.length > 0) return rollbackFailed(error, failures);
  return entry.state === 'prepared' ? error : rolledBack(error, { pending, kept });
}

/** dockerd's own verdict on the new files, not a trouble of ours on the way. */
function isRefusal(error: unknown): boolean {
  return isDockerctlError(error) && ['daemon-refused', 'daemon-down'].includes(error.code);
}

/** Tidying up decides nothing any more: where it fails, the next dockerctl finds the journal and goes on. */
export function leftToTheNext(deed: () => void): void {
  try {
    deed();
  } catch {
    return;
  }
}
