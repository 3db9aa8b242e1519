import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { StoreChange } from '../../core/trust/diagnosis/weigh-word.js';
import type { Host } from '../../host/host.js';
import { startedAt } from '../dockerd/daemon-times.js';
import { placesOf } from './system-roots.js';

/**
 * Whether the system's bundle is younger than the dockerd that runs. Go reads it once per process, at its first use
 * (crypto/x509 systemRootsPool), which may be later than the start. null: it is older, or nobody knows.
 */
export function storeChange(host: Host, observed: ObservedDaemon): StoreChange | null {
  const started = startedAt(host, observed);
  if (started === null) return null;
  for (const path of placesOf(observed).files) {
    const stat = host.fs.stat(path, { follow: true });
    if (stat === null) continue;
    const changedAt = Math.max(stat.modifiedMs, stat.changedMs);
    return changedAt > started ? { path, changedAt, startedAt: started } : null;
  }
  return null;
}
