import type { Host, RunResult } from '../../host/host.js';
import { systemctl, unitsOf, type Unit } from './systemctl.js';

/**
 * Queues a restart and returns at once: with TimeoutStartSec=0 of docker's unit, waiting has no end. `withSocket`: of the
 * socket unit too, whose sockets are made anew.
 */
export async function queueRestart(
  host: Host,
  unit: Unit,
  { withSocket }: { readonly withSocket: boolean },
): Promise<RunResult | null> {
  const names = withSocket ? unitsOf(unit) : [unit.unit];
  return systemctl(host, unit, ['--no-block', 'restart', ...names]);
}

/**
 * Clears the start limit (3 starts in 60 s in docker's unit, ours among them). Without this a restart stops docker and is
 * then refused, and the socket fails with it (moby#41461).
 */
export async function resetFailed(host: Host, unit: Unit): Promise<void> {
  await systemctl(host, unit, ['reset-failed', ...unitsOf(unit)]);
}

/** Has systemd read the files of its units; what runs is left as it is. */
export async function readUnitFiles(host: Host, unit: Pick<Unit, 'user'>): Promise<void> {
  await systemctl(host, unit, ['daemon-reload']);
}

/** Ends a dockerd that hangs; the processes of its containers are not touched. */
export async function killMain(host: Host, unit: Unit): Promise<void> {
  await systemctl(host, unit, ['kill', '--signal=SIGKILL', '--kill-who=main', unit.unit]);
}

/** Stops the units, an automatic restart that is still to come included (systemd.service(5), Restart=). */
export async function stopUnits(
  host: Host,
  unit: Pick<Unit, 'user'>,
  { names, wait }: { readonly names: readonly string[]; readonly wait: boolean },
): Promise<void> {
  await systemctl(host, unit, [...(wait ? [] : ['--no-block']), 'stop', ...names]);
}

/** Begins to start them; what is active stays as it is. */
export async function startUnits(host: Host, unit: Unit, names: readonly string[]): Promise<void> {
  if (names.length > 0) await systemctl(host, unit, ['--no-block', 'start', ...names]);
}
