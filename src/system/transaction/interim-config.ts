import { interimTextsFor } from '../../core/dockerd/activation/live-restore.js';
import type { JournalEntry } from '../../core/transaction/journal.js';
import type { Host } from '../../host/host.js';
import type { InterimConfig, WriteInterim } from '../dockerd/controller.js';
import { writeInterim } from '../files/file.js';
import { oldBytes } from '../history/generation.js';

/** The index of the target that holds interim configs around a live-restore restart: daemon.json. */
function interimTarget({ targets }: Pick<JournalEntry, 'targets'>): number | null {
  const index = targets.findIndex(({ passing }) => passing.length > 0);
  return index < 0 ? null : index;
}

export function interimWriter(host: Host, entry: JournalEntry): WriteInterim {
  const target = entry.targets[interimTarget(entry) ?? -1];
  return (text) => {
    if (target !== undefined)
      writeInterim(
        host,
        { target, generation: entry.generation },
        text === null ? null : Buffer.from(text),
      );
  };
}

/** The interim configs on the way back to the old daemon.json; null when the transaction had none. */
export function interimConfigBack(host: Host, entry: JournalEntry): InterimConfig | null {
  const index = interimTarget(entry);
  if (index === null) return null;
  const bytes = oldBytes(host, entry, index);
  const texts = interimTextsFor(bytes === null ? null : Buffer.from(bytes).toString('utf8'));
  return texts && { texts, write: interimWriter(host, entry), oldPid: null };
}
