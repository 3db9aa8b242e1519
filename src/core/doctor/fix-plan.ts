import { createPlan, type FileChange, type Plan, type RefreshCommand } from '../plan/plan.js';
import { put } from '../trust/contributions/contribution.js';
import { basename, dirname } from 'node:path';
import { fileAt, namesIn, type Snapshot } from '../plan/snapshot.js';

/** The plan behind a finding. */
export function fixPlan(
  code: string,
  changes: readonly FileChange[],
  more: Partial<Omit<Plan, 'title' | 'changes'>> = {},
): Plan {
  return createPlan(`doctor --fix ${code}`, { changes, ...more });
}

export const DAEMON_RELOAD: RefreshCommand = {
  argv: ['systemctl', 'daemon-reload'],
  reason: 'systemd reads its units',
};

/** The drop-in that takes flags from the command line of a unit; its name has the last word. */
export function dropInOfFlags(unit: string): string {
  return `${dropInFolder(unit)}/zz-dockerctl-flags.conf`;
}

export function dropInFolder(unit: string): string {
  return `/etc/systemd/system/${unit}.d`;
}

/** What a change of the unit takes to count: dockerd has its flags from its start on. */
export function ofUnit(reason: string): Pick<Plan, 'refresh' | 'activation'> {
  return { refresh: [DAEMON_RELOAD], activation: { action: 'restart', reasons: [reason] } };
}

/** The file goes to another name; none where it is not there, or the other name is taken. */
export function renameFile(snapshot: Snapshot, from: string, to: string): FileChange[] {
  const image = fileAt(snapshot, from);
  if (image === null || (snapshot.get(to) ?? null) !== null) return [];
  return [
    { path: to, before: null, after: image },
    { path: from, before: image, after: null },
  ];
}

/**
 * Where a file is set aside: `PATH.SUFFIX`, or `PATH.2.SUFFIX`, `PATH.3.SUFFIX` … where that is taken. The snapshot must have
 * the file's folder.
 */
export function asideName(snapshot: Snapshot, path: string, suffix: string): string {
  const taken = new Set(namesIn(snapshot, dirname(path)));
  let to = `${path}.${suffix}`;
  for (let count = 2; taken.has(basename(to)); count += 1) to = `${path}.${count}.${suffix}`;
  return to;
}

export function rewriteFile(snapshot: Snapshot, path: string, text: string): FileChange[] {
  return put(snapshot, path, { content: { text }, mode: 0o644 });
}

export function restrictFile(snapshot: Snapshot, path: string, mode: number): FileChange[] {
  const image = fileAt(snapshot, path);
  return image === null || image.mode === mode
    ? []
    : [{ path, before: image, after: { ...image, mode } }];
}
