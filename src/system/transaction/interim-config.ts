import { crossingTo } from '../../core/dockerd/activation/live-restore.js';
import type { Entry } from '../../core/transaction/journal.js';
import type { Host } from '../../host/host.js';
import type { Passage, WritePassing } from '../dockerd/controller.js';
import { passText } from '../files/file.js';
import { oldBytes } from '../history/generation.js';

/** The target that takes other texts for a moment, while containers are carried through a restart. */
function passingTarget({ targets }: Pick<Entry, 'targets'>): number | null {
  const index = targets.findIndex(({ passing }) => passing.length > 0);
  return index < 0 ? null : index;
}

export function passingWriter(host: Host, entry: Entry): WritePassing {
  const target = entry.targets[passingTarget(entry) ?? -1];
  return (text) => {
    if (target !== undefined)
      passText(
        host,
        { target, generation: entry.generation },
        text === null ? null : Buffer.from(text),
      );
  };
}

/** How containers that a transaction carried get back to the old daemon.json; null when it carried none. */
export function wayBack(host: Host, entry: Entry): Passage | null {
  const index = passingTarget(entry);
  if (index === null) return null;
  const bytes = oldBytes(host, entry, index);
  const crossing = crossingTo(bytes === null ? null : Buffer.from(bytes).toString('utf8'));
  return crossing && { crossing, write: passingWriter(host, entry), oldPid: null };
}
