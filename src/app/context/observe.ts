import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import {
  daemonController,
  type DaemonController,
} from '../../system/dockerd/control/controller.js';
import { formatVersion, NEWEST_ENGINE } from '../../core/dockerd/options/keys/version.js';
import { DockerctlError } from '../../errors.js';
import type { Context } from './command.js';

/** The daemon of a command, with what the command has seen of it already. */
export function daemonOf({ host, looks }: Pick<Context, 'host' | 'looks'>): DaemonController {
  return daemonController(host, looks);
}

/** dockerd as it is now. @throws file-unreadable, not-permitted for daemon.json; no-daemon where systemd does not say whether there is one */
export async function observe(
  context: Pick<Context, 'host' | 'looks' | 'options'>,
): Promise<ObservedDaemon> {
  const { config, timeoutMs } = context.options;
  const observed = await daemonOf(context).observe(config, { timeoutMs });
  refuseUnseen(observed);
  return observed;
}

/** "There is no dockerd" is said only where somebody said so. @throws no-daemon */
export function refuseUnseen({ unseen }: Pick<ObservedDaemon, 'unseen'>): void {
  if (unseen !== true) return;
  throw new DockerctlError({
    code: 'no-daemon',
    message:
      'systemd gives no answer, and no dockerd runs that its pid file names: whether this machine has one that is stopped, and with which flags, nobody knows.',
    hint: '`systemctl show docker.service`, and run this again once it answers',
  });
}

/** Says so where a dockerd is here and no program says its version: its file is then judged as the newest engine would. */
export function noteUnknownEngine(
  { terminal }: Pick<Context, 'terminal'>,
  { state, version }: Pick<ObservedDaemon, 'state' | 'version'>,
): void {
  if (version !== null || state === 'absent') return;
  terminal.note(
    `Warning: \`dockerd --version\` gave no answer, so daemon.json is judged as dockerd ${formatVersion(NEWEST_ENGINE)} would, and this one may differ. \`dockerctl config validate --engine VERSION\` judges for another.`,
  );
}
