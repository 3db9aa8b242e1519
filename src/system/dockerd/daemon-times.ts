import { daemonPlaces } from '../../core/dockerd/observed/paths.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Host } from '../../host/host.js';
import { lastReload } from './engine.js';
import { readText } from '../systemd/process.js';

/** When a dockerd was started, and when it last read its file. Milliseconds since 1970; null where that is not known. */
export interface DaemonTimes {
  readonly startedAt: number | null;
  readonly toldAt: number | null;
}

/** dockerd writes its pid file when it has read its configuration. */
export async function daemonTimes(
  host: Host,
  { state, pid, endpoint, flavour }: ObservedDaemon,
): Promise<DaemonTimes> {
  const { pidFile } = daemonPlaces(flavour, host.self.env);
  const written = state === 'running' ? host.fs.stat(pidFile, { follow: true }) : null;
  const startedAt =
    written !== null && Number(readText(host, pidFile)) === pid ? written.modifiedMs : null;
  if (startedAt === null || endpoint === null) return { startedAt, toldAt: null };
  const until = host.clock.now();
  return { startedAt, toldAt: await lastReload({ host, endpoint }, { since: startedAt, until }) };
}
