import { parseEnvironmentFile } from '../../core/dockerd/observed/environment-file.js';
import { splitWords } from '../../core/dockerd/observed/unit.js';
import { onFile } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { dropInsOnDisk } from './drop-ins.js';
import { readText } from './process.js';
import { systemctl, unitsOf, type Unit } from './systemctl.js';

/** What `systemctl show` says of a unit, by the name of the property. */
export type UnitProperties = ReadonlyMap<string, string>;

/** What `systemctl show` says of a service and of the socket unit that starts it. */
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
  /** Its unit file and drop-ins in the order in which systemd reads them, also where they were changed since it did. */
  readonly files: readonly string[];
  /** They were changed, and systemd has not read them: only after a daemon-reload does a start take them. */
  readonly isOutdated: boolean;
  /** The stream sockets that its socket unit listens on: absolute paths. */
  readonly sockets: readonly string[];
  /** Whether this unit requires its socket unit, and no other does: they stop and start together. */
  readonly ownsSocketUnit: boolean;
}

/** null when systemd does not answer or does not know the unit. */
export async function showUnit(host: Host, unit: Unit): Promise<UnitState | null> {
  const shown = await showUnits(host, unitsOf(unit), unit.user);
  return unitState(shown, unit);
}

/** The state of a service among the units that `showUnits` was asked for. */
export function unitState(
  shown: ReadonlyMap<string, UnitProperties>,
  { unit, socketUnit }: Pick<Unit, 'unit' | 'socketUnit'>,
): UnitState | null {
  const values = shown.get(unit) ?? new Map<string, string>();
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
    dependents: dependentsIn(values).filter((name) => name !== socketUnit),
    files: load === 'masked' ? [] : unitFiles(values),
    isOutdated: values.get('NeedDaemonReload') === 'yes',
    sockets: listens(shown.get(socketUnit ?? '')),
    ownsSocketUnit: isOnly(unit, dependentsIn(shown.get(socketUnit ?? '') ?? new Map())),
  };
}

/** The unit file and the drop-ins of a unit that `showUnits` answered, as `systemctl cat` lists them. */
export function unitFiles(values: UnitProperties): string[] {
  const files = [values.get('FragmentPath') ?? '', ...splitWords(values.get('DropInPaths') ?? '')];
  return files.filter((path) => path !== '');
}

const STREAM = ' (Stream)';

function listens(values: UnitProperties | undefined): string[] {
  return (values?.get('Listen') ?? '').split('\n').flatMap((line) => {
    const path = line.slice(0, -STREAM.length);
    return line.endsWith(STREAM) && path.startsWith('/') ? [path] : [];
  });
}

/** Stopping goes from the required to those that require it (systemd.unit(5), "Mapping of unit properties to their inverses"). */
const DEPENDENTS = ['RequiredBy', 'RequisiteOf', 'BoundBy', 'ConsistsOf'];

function dependentsIn(properties: UnitProperties): string[] {
  const names = DEPENDENTS.flatMap((name) => (properties.get(name) ?? '').split(' '));
  return [...new Set(names)].filter((name) => name !== '');
}

function isOnly(name: string, names: readonly string[]): boolean {
  return names.length === 1 && names[0] === name;
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

const PROPERTIES = [
  ...['Id', 'LoadState', 'ActiveState', 'SubState', 'Result', 'MainPID', 'NRestarts'],
  ...['InvocationID', 'KillMode', 'Job', 'Restart', 'RestartPreventExitStatus', 'UnitFileState'],
  ...['NeedDaemonReload', 'ExecMainStatus', 'FragmentPath', 'DropInPaths'],
  ...['Listen', 'SocketMode', 'SocketGroup'],
  ...DEPENDENTS,
].join();

/**
 * All that is asked of units, by the name that was asked for: one process, however many there are. A unit that systemd does
 * not know has LoadState=not-found; none where systemd does not answer.
 */
export async function showUnits(
  host: Host,
  names: readonly string[],
  user: boolean,
): Promise<ReadonlyMap<string, UnitProperties>> {
  const shown = await systemctl(host, { user }, ['show', `--property=${PROPERTIES}`, ...names]);
  // One block a name, in their order; where a name is another's alias, `Id` is not the name that was asked for.
  const blocks = (shown?.stdout ?? '').split(/\n\n+/).filter((block) => block.trim() !== '');
  return new Map(
    blocks.map((block, at) => {
      const properties = propertiesIn(block);
      const name = names[at] ?? properties.get('Id') ?? '';
      return [name, user ? properties : withDropIns(host, name, properties)] as const;
    }),
  );
}

function withDropIns(host: Host, name: string, properties: UnitProperties): UnitProperties {
  if (properties.get('NeedDaemonReload') !== 'yes') return properties;
  const quoted = dropInsOnDisk(host, name).map((path) => (path.includes(' ') ? `"${path}"` : path));
  return new Map([...properties, ['DropInPaths', quoted.join(' ')]]);
}

/** A property that stands there more than once, as Listen does, has its values a line each. */
function propertiesIn(block: string): UnitProperties {
  const values = new Map<string, string>();
  for (const line of block.split('\n')) {
    const equals = line.indexOf('=');
    const [name, value] = [line.slice(0, equals), line.slice(equals + 1)];
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return values;
}

/** The unit's files and drop-ins as `systemctl cat` prints them, read by us: it only asks for their names, as we did. */
export function unitText(host: Host, { files }: Pick<UnitState, 'files'>): string {
  return files.map((path) => `# ${path}\n${readText(host, path) ?? ''}`).join('\n\n');
}

/** The variables that systemd gives every service (systemctl set-environment, DefaultEnvironment=). */
export async function managerEnvironment(
  host: Host,
  unit: Unit,
): Promise<ReadonlyMap<string, string>> {
  const shown = await systemctl(host, unit, ['show-environment']);
  return parseEnvironmentFile(shown?.stdout ?? '');
}

/** A socket unit keeps its sockets when their files are removed: dockerd, started with them, would hear nobody. */
export function hasLostSocket(host: Host, { sockets }: Pick<UnitState, 'sockets'>): boolean {
  return sockets.some((path) => onFile(path, 'read', () => host.fs.stat(path)) === null);
}
