import { guardedPaths } from '../../core/dockerd/observed/guarded.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { NO_WITNESSES } from '../../core/dockerd/observed/witnesses.js';
import type { Plan } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { refuseOpenToOthers } from '../files/guarded-files.js';

const DAEMON_JSON = '/etc/docker/daemon.json';

/** What others wrote may be what we would build on, whether or not dockerd is told. @throws file-not-writable */
export function refuseOpenFiles(
  host: Host,
  { changes, refresh }: Plan,
  observed: ObservedDaemon | null,
): void {
  if (host.self.root !== null || observed?.state === 'absent') return;
  const written = changes
    .map(({ path }) => path)
    .filter((path) => path === observed?.configPath || path === DAEMON_JSON);
  const { startWords = [], unitFiles = [], witnesses = NO_WITNESSES } = observed ?? {};
  const paths = written.flatMap((configPath) =>
    guardedPaths({ configPath, startWords, unitFiles, witnesses }),
  );
  const commands = refresh.map(({ argv }) => argv);
  refuseOpenToOthers(host, paths, commands);
}
