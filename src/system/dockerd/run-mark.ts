import { dirname, join } from 'node:path';
import type { Host } from '../../host/host.js';
import { startTicks, type Process } from '../systemd/process.js';
import type { Unit } from '../systemd/systemctl.js';
import type { UnitState } from '../systemd/unit-state.js';

/** A dockerd under systemd, and what its unit was read from. */
export interface Marked {
  readonly manager: Unit;
  readonly state: UnitState;
  readonly process: Process | null;
  /** The unit's files and those that EnvironmentFile= names. */
  readonly files: readonly string[];
}

/** What a run of dockerd and its unit were marked by. */
export interface RunMark {
  readonly pid: number;
  readonly paths: readonly string[];
  readonly value: string;
}

/**
 * A mark that changes with every restart of dockerd, with every change of its unit's files, and with every daemon-reload
 * (which makes the folders of the generators anew): while it is the same, systemd need not be asked again. null where dockerd
 * does not run or systemd is at work on it, and for units of a user, whose folders are many.
 */
export function runMark(host: Host, { manager, state, process, files }: Marked): RunMark | null {
  const isSettled = state.activeState === 'active' && !state.busy;
  if (process === null || manager.user || !isSettled) return null;
  const { pid } = process;
  const near = files.map((path) => dirname(path));
  const paths = [...new Set([...files, ...near, ...folders(manager)])];
  return { pid, paths, value: valueOf(host, { pid, paths }) };
}

export function isAsMarked(host: Host, mark: RunMark): boolean {
  return valueOf(host, mark) === mark.value;
}

function valueOf(host: Host, { pid, paths }: Pick<RunMark, 'pid' | 'paths'>): string {
  return JSON.stringify([startTicks(host, pid), paths.map((path) => fileMark(host, path))]);
}

/** Where drop-ins of the unit may come to be, and what a daemon-reload makes anew. */
function folders({ unit }: Unit): string[] {
  return [
    ...['/etc/systemd/system', '/run/systemd/system', '/etc/systemd/system.control'].flatMap(
      (folder) => [folder, join(folder, `${unit}.d`)],
    ),
    ...['', '.early', '.late'].map((kind) => `/run/systemd/generator${kind}`),
  ];
}

function fileMark({ fs }: Host, path: string): readonly number[] {
  try {
    const stat = fs.stat(path, { follow: true });
    return stat === null ? [] : [stat.inode, stat.size, stat.modifiedMs, stat.changedMs];
  } catch {
    return [];
  }
}
