import { REPAIR_TITLE, RESTART_GAP_MS } from '../core/drift/repair.js';
import type { Host } from '../host/host.js';
import { readBootId } from '../system/boot-id.js';
import { readHistory } from '../system/history.js';
import { pausePath } from '../system/pause.js';

/**
 * When a repair that the agent before us began, or whoever took it back, last restarted dockerd, monotonic. null: not
 * lately, or somebody said resume since then.
 */
export function lastRestart(host: Host): number | null {
  const { clock, fs } = host;
  const bootId = readBootId(host);
  const last = readHistory(host).find(
    (one) =>
      one.activation.action === 'restart' && one.bootId === bootId && one.title === REPAIR_TITLE,
  );
  if (last === undefined) return null;
  const { endedAt } = last.result;
  const age = clock.now() - endedAt;
  const forgiven = (fs.stat(pausePath(host))?.modifiedMs ?? 0) > endedAt;
  return age < 0 || age >= RESTART_GAP_MS || forgiven ? null : clock.monotonic() - age;
}
