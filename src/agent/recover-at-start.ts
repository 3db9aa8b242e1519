import type { AgentReport } from '../core/agent/report.js';
import { leftSentences } from '../core/transaction/concurrent-edit.js';
import { messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import type { ApplyOptions } from '../system/transaction/apply.js';
import { daemonController } from '../system/dockerd/control/controller.js';
import { hasJournal } from '../system/history/journal.js';
import { withLock } from '../system/files/lock.js';
import { recover, type Recovery } from '../system/transaction/recover.js';

/** Ends what a dead process left, perhaps the agent before us. null: there was nothing to end, or it still waits. */
export async function recoverAtStart(
  host: Host,
  options: ApplyOptions,
): Promise<AgentReport | null> {
  if (!hasJournal(host)) return null;
  try {
    const { timeoutMs } = options;
    const asked = { daemon: daemonController(host), timeoutMs, force: false };
    return await withLock(host, options, async () => recoveryReport(await recover(host, asked)));
  } catch (error) {
    return { name: 'rollback-failed', drift: null, reason: messageOf(error) };
  }
}

/** What the journal is told of a recovery; null: there was nothing to end, or it still waits. */
export function recoveryReport({ did, entry, left }: Recovery): AgentReport | null {
  if (did === 'nothing' || did === 'leave') return null;
  const what = `${did}: change ${entry?.generation ?? 0}, ${entry?.commandLine ?? ''}`;
  const reason = [what, ...leftSentences(left)].join('; ');
  return { name: 'recovered-at-start', drift: null, reason };
}
