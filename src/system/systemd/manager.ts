import type { DaemonManager, ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Host } from '../../host/host.js';
import { isSystemdBooted, showUnit, type Unit, type UnitState } from './systemd.js';

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

/** A person's own daemon before the machine's, and one that runs before one that does not. */
export async function findSupervision(host: Host): Promise<Supervision | null> {
  if (!isSystemdBooted(host)) return null;
  const known: Supervision[] = [];
  for (const unit of host.self.uid === 0 ? UNITS : [...USER_UNITS, ...UNITS]) {
    const state = await showUnit(host, unit.manager);
    if (state?.activeState === 'active') return { ...unit, state };
    if (state !== null) known.push({ ...unit, state });
  }
  return known[0] ?? null;
}

/** Where no unit starts dockerd: a service script (SysV, OpenRC) where there is one, else just a process. */
export function unsupervised(host: Host, pidFile: string): DaemonManager {
  return !isSystemdBooted(host) && host.fs.stat('/etc/init.d/docker') !== null
    ? { kind: 'sysv', service: 'docker' }
    : { kind: 'process', pidFile };
}

function unitOf(
  unit: string,
  flavour: Supervision['flavour'],
  socketUnit: string | null,
): Supervisor {
  const user = flavour === 'rootless' || flavour === 'desktop';
  return { flavour, manager: { kind: 'systemd', unit, socketUnit, user } };
}
