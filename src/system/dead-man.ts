import { execStart } from '../core/systemd-words.js';
import type { Host } from '../host/host.js';
import { demand, noSystemd, systemdRun } from './systemd-run.js';

const UNIT_PATH = '/etc/systemd/system/dockerctl-recover.service';

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
  const template = Buffer.from(host.fs.readAsset('templates/dockerctl-recover.service'));
  const text = template.toString('utf8').replace('@COMMAND@', () => execStart(host.self.command));
  if (host.fs.stat(UNIT_PATH) !== null) {
    if (Buffer.from(host.fs.read(UNIT_PATH)).toString('utf8') === text) return;
    host.fs.unlink(UNIT_PATH);
  }
  host.fs.create(UNIT_PATH, Buffer.from(text), { mode: 0o644 });
  await demand(host, ['systemctl', 'enable', '--quiet', 'dockerctl-recover.service']);
}
