import type { DaemonManager, ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Host } from '../../host/host.js';
import { type Process, readText } from './process.js';
import { hasSystemctl, isSystemdBooted, unitsOf, type Unit } from './systemctl.js';
import { showUnits, unitState, type UnitState } from './unit-state.js';

/** A unit that starts a dockerd. */
export interface Supervision {
  readonly manager: Unit;
  readonly flavour: ObservedDaemon['flavour'];
  readonly state: UnitState;
}

type Supervisor = Pick<Supervision, 'flavour' | 'manager'>;

const UNITS: readonly Supervisor[] = [
  unitOf('docker.service', 'engine', 'docker.socket'),
  unitOf('snap.docker.dockerd.service', 'snap', null),
];
const USER_UNITS: readonly Supervisor[] = [
  unitOf('docker.service', 'rootless', null),
  unitOf('docker-desktop.service', 'desktop', null),
];

/**
 * A person's own daemon before the machine's, and one that runs before one that does not. `silent` where the machine's systemd
 * gives no answer: it may start one all the same.
 */
export async function findSupervision(host: Host): Promise<Supervision | 'silent' | null> {
  if (!isSystemdBooted(host)) return null;
  const known: Supervision[] = [];
  let isSilent = false;
  for (const units of host.self.uid === 0 ? [UNITS] : [USER_UNITS, UNITS]) {
    const names = units.flatMap(({ manager }) => unitsOf(manager));
    const shown = await showUnits(host, names, units === USER_UNITS);
    for (const unit of units) {
      const state = unitState(shown, unit.manager);
      if (state?.activeState === 'active') return { ...unit, state };
      if (state !== null) known.push({ ...unit, state });
    }
    isSilent = units === UNITS && shown.size === 0 && hasSystemctl(host);
  }
  return known[0] ?? (isSilent ? 'silent' : null);
}

/** Where no unit starts dockerd: a service script (SysV, OpenRC) where there is one, else just a process. */
export function unsupervised(
  host: Host,
  pidFile: string,
  process: Pick<Process, 'pid'> | null,
): DaemonManager {
  return !isSystemdBooted(host) && host.fs.stat('/etc/init.d/docker') !== null
    ? { kind: 'sysv', service: 'docker' }
    : { kind: 'process', pidFile, untold: process === null ? null : unitOfProcess(host, process) };
}

/** By its cgroup (systemd.exec(5)): the manager of a machine whose D-Bus is away still started it. */
function unitOfProcess(host: Host, { pid }: Pick<Process, 'pid'>): string | null {
  if (!isSystemdBooted(host)) return null;
  const [, unit = ''] =
    /\/([^/\n]+\.service)$/m.exec(readText(host, `/proc/${pid}/cgroup`) ?? '') ?? [];
  return [...UNITS, ...USER_UNITS].some(({ manager }) => manager.unit === unit) ? unit : null;
}

function unitOf(
  unit: string,
  flavour: Supervision['flavour'],
  socketUnit: string | null,
): Supervisor {
  const user = flavour === 'rootless' || flavour === 'desktop';
  return { flavour, manager: { kind: 'systemd', unit, socketUnit, user } };
}
