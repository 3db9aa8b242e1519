import { daemonPaths } from '../../core/dockerd/observed/paths.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Host } from '../../host/host.js';
import { readText } from '../systemd/process.js';

/** When a dockerd was started, milliseconds since 1970: it writes its pid file when it has read its configuration. null: not known. */
export function startedAt(
  host: Host,
  { state, pid, flavour }: Pick<ObservedDaemon, 'state' | 'pid' | 'flavour'>,
): number | null {
  const { pidFile } = daemonPaths(flavour, host.self.env);
  const written = state === 'running' ? host.fs.stat(pidFile, { follow: true }) : null;
  return written !== null && Number(readText(host, pidFile)) === pid ? written.modifiedMs : null;
}
