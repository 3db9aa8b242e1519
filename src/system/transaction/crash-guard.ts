import { statePaths } from '../../core/transaction/state-paths.js';
import { systemdWords } from '../../core/text/systemd-words.js';
import type { Host } from '../../host/host.js';
import { isSystemdBooted } from '../systemd/systemctl.js';
import { systemdRun } from '../systemd/systemd-run.js';

/**
 * Has systemd run `dockerctl recover` as soon as this process ends without calling it off: flock(1) waits for our lock, which
 * the kernel frees however we die. After `patienceMs` it no longer waits: a process that holds the lock for that long was stopped
 * (SIGSTOP). All it costs is a sleeping flock(1).
 * @returns the way to call it off, before the lock is free
 * @throws no-daemon where there is no systemd to do it
 */
export async function startCrashGuard(
  host: Host,
  patienceMs: number,
): Promise<() => Promise<void>> {
  // Of this process: the next one may have the same generation while this watch has just woken.
  const unit = `dockerctl-undo-of-${host.self.pid}`;
  const seconds = String(Math.ceil(patienceMs / 1000));
  const { lock } = statePaths(host.self);
  const wait = systemdWords(['/usr/bin/flock', '--timeout', seconds, lock, '/bin/true']);
  await systemdRun(host, unit, [
    '--no-block',
    '--description=Takes a change of dockerctl back if it is cut off',
    '--property=Type=oneshot',
    '--property=TimeoutStartSec=infinity',
    '--property=LimitCORE=0',
    `--property=ExecStartPre=-${wait}`,
    '--',
    ...host.self.command,
    'recover',
  ]);
  return async () => {
    await host.exec.run(['systemctl', 'stop', `${unit}.service`]);
  };
}

/** Whether systemd runs and obeys us, so that a crash guard can be started. */
export function canGuardCrash(host: Host): boolean {
  return host.self.uid === 0 && host.self.root === null && isSystemdBooted(host);
}
