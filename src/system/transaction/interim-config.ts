import { interimTextsFor } from '../../core/dockerd/restart/live-restore.js';
import { resetText } from '../../core/dockerd/config/reset-text.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { contentOf, fingerprintOf, sha256 } from '../../core/plan/content.js';
import type { JournalEntry } from '../../core/transaction/journal.js';
import type { Host } from '../../host/host.js';
import { configsIn, withoutBridge } from '../../core/dockerd/activation/bridge-reset.js';
import type { BridgeBack } from './restore-daemon.js';
import type { InterimConfig, WriteInterim } from '../dockerd/control/controller.js';
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

/**
 * The interim configs on the way back to the old daemon.json; null when the transaction had none. While the new one is
 * there `observed` tells what a reload of the old one would keep of it.
 */
export function interimConfigBack(
  host: Host,
  entry: JournalEntry,
  observed: ObservedDaemon | null,
): InterimConfig | null {
  const index = interimTarget(entry);
  if (index === null) return null;
  const bytes = oldBytes(host, entry, index);
  const texts = interimTextsFor(bytes === null ? null : Buffer.from(bytes).toString('utf8'));
  if (texts === null) return null;
  const write = interimWriter(host, entry);
  const reset = observed === null ? null : resetOf(entry, bytes, observed);
  return { texts: reset === null ? texts : { ...texts, reset }, write, oldPid: null };
}

function resetOf(
  { targets }: JournalEntry,
  bytes: Uint8Array | null,
  observed: ObservedDaemon,
): string | null {
  const after = observed.configFile;
  const target = targets.find(({ path }) => path === observed.configPath);
  if (after === null || target?.after?.sha256 !== fingerprintOf(after).sha256) return null;
  const before = bytes && { ...after, content: contentOf(bytes) };
  const text = resetText({ before, after }, observed);
  return text !== null && target.passing.includes(sha256(text)) ? text : null;
}

/** How docker0 comes back to where it was; empty where the change left it alone, or the file is another by now. */
export function bridgeBack(
  host: Host,
  entry: JournalEntry,
  { configFile: after, configPath }: ObservedDaemon,
): { readonly bridge?: BridgeBack } {
  const index = entry.targets.findIndex(({ path }) => path === configPath);
  const target = entry.targets[index];
  if (target === undefined || after === null) return {};
  if (target.after?.sha256 !== fingerprintOf(after).sha256) return {};
  const bytes = oldBytes(host, entry, index);
  const end = bytes && Buffer.from(bytes).toString('utf8');
  const text = withoutBridge(end);
  if (text === null || !target.passing.includes(sha256(text))) return {};
  const before = bytes && { ...after, content: contentOf(bytes) };
  return {
    bridge: {
      configs: configsIn(after, before),
      reset: { text, end, write: interimWriter(host, entry) },
    },
  };
}
