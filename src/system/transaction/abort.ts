import type { JournalEntry } from '../../core/transaction/journal.js';
import { undoAction } from '../../core/transaction/recovery.js';
import { rollbackFailed, rolledBack } from '../../core/transaction/rollback-error.js';
import { isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { disarmConfirmation } from './confirmation.js';
import { cleanUp } from './finish.js';
import { interimWriter } from './interim-config.js';
import { undo } from './undo.js';
import type { ChangeRequest } from './request.js';

interface Failure {
  readonly request: ChangeRequest;
  readonly entry: JournalEntry;
  readonly error: unknown;
}

/** Undoes what was done so far. @returns the error to throw: the very cause where dockerd was not told yet. */
export async function abort(host: Host, { request, entry, error }: Failure): Promise<unknown> {
  if (request.confirmWithinMs !== null)
    await disarmConfirmation(host, entry.generation).catch(() => undefined);
  if (entry.state === 'preparing') {
    leaveToNextRun(() => {
      cleanUp(host, entry);
    });
    return error;
  }
  const { failures, pending, kept } = await undo(host, {
    entry,
    action: undoAction(entry, entry.bootId),
    reason: error instanceof Error ? error.message : String(error),
    refusedBy: isRefusal(error) ? request.version : null,
    prepareRestore: (action) => request.prepareRestore(action, interimWriter(host, entry)),
  });
  if (failures.length > 0) return rollbackFailed(error, failures);
  if (entry.state === 'prepared') return error;
  return rolledBack(error, { pending, kept }, { told: entry.told, changed: request.changesFiles });
}

/** dockerd's own verdict on the new files, not a trouble of ours on the way. */
function isRefusal(error: unknown): boolean {
  return isDockerctlError(error) && ['daemon-refused', 'daemon-down'].includes(error.code);
}

/** Tidying up decides nothing any more: where it fails, the next dockerctl finds the journal and goes on. */
export function leaveToNextRun(action: () => void): void {
  try {
    action();
  } catch {
    return;
  }
}
