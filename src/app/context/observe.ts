import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { daemonController, type DaemonController } from '../../system/dockerd/controller.js';
import type { Context } from './command.js';

/** The daemon of a command, with what the command has seen of it already. */
export function daemonOf({ host, looks }: Pick<Context, 'host' | 'looks'>): DaemonController {
  return daemonController(host, looks);
}

/** dockerd as it is now. @throws file-unreadable, not-permitted for daemon.json */
export async function observe(
  context: Pick<Context, 'host' | 'looks' | 'options'>,
): Promise<ObservedDaemon> {
  const { config, timeoutMs } = context.options;
  return daemonOf(context).observe(config, { timeoutMs });
}
