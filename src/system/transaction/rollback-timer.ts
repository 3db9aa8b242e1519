import { unitText } from '../../core/text/unit-template.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { demand, systemdRun } from '../systemd/systemd-run.js';

export const BOOT_UNIT = 'dockerctl-recover.service';

/** A transient systemd timer that runs `dockerctl recover`: it rolls the change back even if this process is dead. */
export interface RollbackTimer {
  readonly unit: string;
  /** From now. */
  readonly delayMs: number;
  /** Options of `dockerctl recover`. */
  readonly options: readonly string[];
}

/**
 * Starts the timer. A reboot drops transient timers, so a unit that runs before dockerd takes over from it then.
 * @throws no-daemon where there is no systemd to do it
 */
export async function armRollbackTimer(
  host: Host,
  { unit, delayMs, options }: RollbackTimer,
): Promise<void> {
  await installBootRecovery(host);
  await systemdRun(host, unit, [
    `--on-active=${delayMs}ms`,
    '--timer-property=AccuracySec=100ms',
    '--',
    ...host.self.command,
    'recover',
    ...options,
  ]);
}

/** Also where it is gone already. */
export async function disarmRollbackTimer(host: Host, unit: string): Promise<void> {
  await host.exec.run(['systemctl', 'stop', `${unit}.timer`]);
}

export async function isRollbackTimerArmed(host: Host, unit: string): Promise<boolean> {
  try {
    const { status } = await host.exec.run(['systemctl', 'is-active', '--quiet', `${unit}.timer`]);
    return status === 0;
  } catch {
    return false;
  }
}

/**
 * Has systemd run `dockerctl recover` at every boot, before dockerd reads its files. The unit stays: it does nothing while
 * there is no journal.
 * @throws no-daemon where there is no systemd to do it
 */
export async function installBootRecovery(host: Host): Promise<void> {
  if (host.self.uid !== 0 || host.self.root !== null) throw ofThisMachine();
  const { path, text } = bootUnit(host);
  if (host.fs.stat(path) !== null) {
    if (Buffer.from(host.fs.read(path)).toString('utf8') === text) return;
    host.fs.unlink(path);
  }
  host.fs.create(path, Buffer.from(text), { mode: 0o644 });
  await demand(host, ['systemctl', 'enable', '--quiet', BOOT_UNIT]);
}

/** The unit that does so. */
export function bootUnit({ fs, self }: Host): { readonly path: string; readonly text: string } {
  const template = Buffer.from(fs.readAsset(`templates/${BOOT_UNIT}`)).toString('utf8');
  return {
    path: `/etc/systemd/system/${BOOT_UNIT}`,
    text: unitText(template, { command: self.command, writable: [] }),
  };
}

function ofThisMachine(): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message:
      'only the systemd of the machine itself can be told, and by root, to end at boot what is cut off',
    hint: '`sudo dockerctl recover --install` on that machine, without --root',
  });
}
