import type { DaemonManager } from '../../core/dockerd/observed/observed.js';
import type { Host, RunResult } from '../../host/host.js';

/** A service under systemd, of the machine or of a user. */
export type Unit = Extract<DaemonManager, { kind: 'systemd' }>;

/** Whether systemd runs this machine (sd_booted(3)). */
export function isSystemdBooted(host: Host): boolean {
  return host.fs.stat('/run/systemd/system')?.kind === 'folder';
}

export function hasSystemctl({ fs }: Host): boolean {
  return ['/usr/bin/systemctl', '/bin/systemctl'].some((path) => fs.stat(path) !== null);
}

/** The service and its socket unit, where it has one. */
export function unitsOf(unit: Pick<Unit, 'unit' | 'socketUnit'>): string[] {
  return unit.socketUnit === null ? [unit.unit] : [unit.unit, unit.socketUnit];
}

/** null when there is no systemctl. */
export async function systemctl(
  host: Host,
  { user }: Pick<Unit, 'user'>,
  args: readonly string[],
): Promise<RunResult | null> {
  try {
    return await host.exec.run(['systemctl', ...(user ? ['--user'] : []), ...args], {
      timeoutMs: 20_000,
    });
  } catch {
    return null;
  }
}
