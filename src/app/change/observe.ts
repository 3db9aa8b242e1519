import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { daemonController, type DaemonController } from '../../system/dockerd/controller.js';
import type { Context } from '../context/command.js';

/** dockerd as a command found it, and how the same command looks at it again and tells it of a change. */
export interface Observation {
  readonly observed: ObservedDaemon;
  readonly daemon: DaemonController;
}

/** @throws file-unreadable, not-permitted for daemon.json */
export async function observe({
  host,
  options: { config, timeoutMs },
}: Pick<Context, 'host' | 'options'>): Promise<Observation> {
  const daemon = daemonController(host);
  return { daemon, observed: await daemon.observe(config, { timeoutMs }) };
}
