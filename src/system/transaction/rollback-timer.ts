import { unitText } from '../../core/text/unit-template.js';
import type { Host } from '../../host/host.js';
import { demand, noSystemd, systemdRun } from '../systemd/systemd-run.js';

export const BOOT_UNIT = 'dockerctl-recover.service';

/** A switch that PID 1 pulls for us. */
export interface Switch {
  readonly unit: string;
  /** From now. */
  readonly delayMs: number;
  /** Options of `dockerctl recover`. */
  readonly options: readonly string[];
}

/**
 * Arms the switch. A restart of the machine stops transient timers, so what happens then is left to a unit that runs
 * before dockerd.
 * @throws no-daemon where there is no systemd to do it
 */
export async function arm(host: Host, { unit, delayMs, options }: Switch): Promise<void> {
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
export async function disarm(host: Host, unit: string): Promise<void> {
  await host.exec.run(['systemctl', 'stop', `${unit}.timer`]);
}

export async function isArmed(host: Host, unit: string): Promise<boolean> {
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
  if (host.self.uid !== 0 || host.self.root !== null)
    throw noSystemd('this needs root and no --root');
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
