import { parseEnvironmentFile } from '../../core/dockerd/observed/environment-file.js';
import { onFile } from '../../core/text/file-error.js';
import type { DaemonManager } from '../../core/dockerd/observed/observed.js';
import type { Host, RunResult } from '../../host/host.js';

/** A service under systemd, of the machine or of a user. */
export type Unit = Extract<DaemonManager, { kind: 'systemd' }>;

/** What `systemctl show` says of a unit. */
export interface UnitState {
  /** Nothing can start it (systemctl mask); it may still run. */
  readonly masked: boolean;
  /** Its files have what systemd does not take: it cannot be started; it may still run. */
  readonly refused: boolean;
  readonly activeState: string;
  readonly subState: string;
  readonly mainPid: number;
  readonly restarts: number;
  /** A new one for every start; empty when it never ran. */
  readonly invocation: string;
  readonly killMode: string;
  /** A start, stop or restart is queued or under way. */
  readonly busy: boolean;
  /** The units that are stopped and restarted whenever this one is. */
  readonly dependents: readonly string[];
}

/** Whether systemd runs this machine (sd_booted(3)). */
export function isSystemdBooted(host: Host): boolean {
  return host.fs.stat('/run/systemd/system')?.kind === 'folder';
}

/** null when systemd does not answer or does not know the unit. */
export async function showUnit(host: Host, unit: Unit): Promise<UnitState | null> {
  const shown = await systemctl(host, unit, ['show', `--property=${PROPERTIES}`, unit.unit]);
  const values = propertiesIn(shown?.stdout ?? '');
  const load = values.get('LoadState') ?? '';
  if (!['loaded', 'masked', 'bad-setting'].includes(load)) return null;
  return {
    masked: load === 'masked',
    refused: load === 'bad-setting',
    activeState: values.get('ActiveState') ?? '',
    subState: values.get('SubState') ?? '',
    mainPid: Number(values.get('MainPID') ?? 0),
    restarts: Number(values.get('NRestarts') ?? 0),
    invocation: values.get('InvocationID') ?? '',
    killMode: values.get('KillMode') ?? '',
    busy: Number(values.get('Job') ?? 0) > 0,
    dependents: dependentsIn(values).filter((name) => name !== unit.socketUnit),
  };
}

/** Stopping goes from the required to those that require it (systemd.unit(5), "Mapping of unit properties to their inverses"). */
const DEPENDENTS = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'ConsistsOf'];

const PROPERTIES = `LoadState,ActiveState,SubState,MainPID,NRestarts,InvocationID,KillMode,Job,${DEPENDENTS.join()}`;

function dependentsIn(properties: ReadonlyMap<string, string>): string[] {
  const names = DEPENDENTS.flatMap((name) => (properties.get(name) ?? '').split(' '));
  return [...new Set(names)].filter((name) => name !== '');
}

/** Those of `dependents`, and of the units that require them in turn, that are active. */
export async function activeDependents(
  host: Host,
  unit: Unit,
  dependents: readonly string[],
): Promise<string[]> {
  const active = new Set<string>();
  const seen = new Set([unit.unit]);
  for (let names = dependents; names.length > 0;) {
    const shown = await showUnits(host, names, unit.user);
    for (const name of names) {
      seen.add(name);
      if (shown.get(name)?.get('ActiveState') === 'active') active.add(name);
    }
    names = [...shown.values()].flatMap(dependentsIn).filter((name) => !seen.has(name));
  }
  return [...active];
}

/** Properties of several units at once, by the unit's name; a unit that systemd does not know has LoadState=not-found. */
export async function showUnits(
  host: Host,
  names: readonly string[],
  user: boolean,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const unit: Unit = { kind: 'systemd', unit: '', socketUnit: null, user };
  const shown = await systemctl(host, unit, ['show', `--property=${HEALTH}`, ...names]);
  return new Map(
    (shown?.stdout ?? '')
      .split('\n\n')
      .map((block) => propertiesIn(block))
      .map((properties) => [properties.get('Id') ?? '', properties] as const),
  );
}

const HEALTH = `Id,LoadState,ActiveState,Result,Restart,RestartPreventExitStatus,UnitFileState,NeedDaemonReload,ExecMainStatus,SocketMode,SocketGroup,FragmentPath,DropInPaths,${DEPENDENTS.join()}`;

function propertiesIn(shown: string): ReadonlyMap<string, string> {
  return new Map(
    shown.split('\n').map((line): [string, string] => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
}

/** The unit's files and drop-ins as `systemctl cat` prints them; empty when there are none. */
export async function catUnit(host: Host, unit: Unit): Promise<string> {
  const shown = await systemctl(host, unit, ['cat', '--no-pager', unit.unit]);
  return shown?.stdout ?? '';
}

/** The variables that systemd gives every service (systemctl set-environment, DefaultEnvironment=). */
export async function managerEnvironment(
  host: Host,
  unit: Unit,
): Promise<ReadonlyMap<string, string>> {
  const shown = await systemctl(host, unit, ['show-environment']);
  return parseEnvironmentFile(shown?.stdout ?? '');
}

/** The sockets that a socket unit listens on: absolute paths. */
export async function listeningSockets(host: Host, unit: Unit): Promise<string[]> {
  if (unit.socketUnit === null) return [];
  const shown = await systemctl(host, unit, ['show', '--property=Listen', unit.socketUnit]);
  const STREAM = ' (Stream)';
  return (shown?.stdout ?? '').split('\n').flatMap((line) => {
    const path = line.slice(line.indexOf('/'), -STREAM.length);
    return line.endsWith(STREAM) && path.startsWith('/') ? [path] : [];
  });
}

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

/** A socket unit keeps its sockets when their files are removed: dockerd, started with them, would hear nobody. */
export async function hasLostSocket(host: Host, unit: Unit): Promise<boolean> {
  const paths = await listeningSockets(host, unit);
  return paths.some((path) => onFile(path, 'read', () => host.fs.stat(path)) === null);
}

/**
 * Clears the start limit (3 starts in 60 s in docker's unit, ours among them). Without this a restart stops docker and is
 * then refused, and the socket fails with it (moby#41461).
 */
export async function resetFailed(host: Host, unit: Unit): Promise<void> {
  await systemctl(host, unit, ['reset-failed', ...unitsOf(unit)]);
}

/** Ends a dockerd that hangs; the processes of its containers are not touched. */
export async function killMain(host: Host, unit: Unit): Promise<void> {
  await systemctl(host, unit, ['kill', '--signal=SIGKILL', '--kill-who=main', unit.unit]);
}

/** Stops the unit, an automatic restart that is still to come included (systemd.service(5), Restart=). */
export async function stopUnit(host: Host, unit: Unit): Promise<void> {
  await systemctl(host, unit, ['stop', unit.unit]);
}

/** Begins to start them; what is active stays as it is. */
export async function startUnits(host: Host, unit: Unit, names: readonly string[]): Promise<void> {
  if (names.length > 0) await systemctl(host, unit, ['--no-block', 'start', ...names]);
}

function unitsOf(unit: Unit): string[] {
  return unit.socketUnit === null ? [unit.unit] : [unit.unit, unit.socketUnit];
}

/** null when there is no systemctl. */
async function systemctl(
  host: Host,
  { user }: Unit,
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
