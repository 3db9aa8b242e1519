import { REPAIR_TITLE, RESTART_GAP_MS } from '../core/agent/repair.js';
import type { Host } from '../host/host.js';
import { readBootId } from '../system/systemd/boot-id.js';
import { readHistory } from '../system/history/history.js';
import { pausePath } from '../system/machine/pause.js';

/**
 * When a repair of an earlier agent process, or its rollback, last restarted dockerd; monotonic. null: not lately, or
 * `dockerctl resume` was run since.
 */
export function lastRestart(host: Host): number | null {
  const { clock, fs } = host;
  const endedAt = restartEndedAt(host);
  if (endedAt === null) return null;
  const age = clock.now() - endedAt;
  const forgiven = (fs.stat(pausePath(host))?.modifiedMs ?? 0) > endedAt;
  return age < 0 || age >= RESTART_GAP_MS || forgiven ? null : clock.monotonic() - age;
}

/** Milliseconds since 1970; null where there is none since the machine was started. */
function restartEndedAt(host: Host): number | null {
  const bootId = readBootId(host);
  for (const { activation, title, result, ...entry } of readHistory(host)) {
    if (entry.bootId !== bootId) return null;
    if (activation.action === 'restart' && title === REPAIR_TITLE) return result.endedAt;
  }
  return null;
}
