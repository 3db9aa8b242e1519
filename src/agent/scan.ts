import { dirname, join } from 'node:path';
import type { Declaration } from '../core/declaration/schema.js';
import { driftsBySlice, type MachineState } from '../core/declaration/desired.js';
import { declarationPaths } from '../core/declaration/declaration-paths.js';
import type { Drift } from '../core/declaration/drift.js';
import type { Host } from '../host/host.js';
import { keepFetched } from '../system/trust/fetched-authorities.js';
import { rememberGood } from '../system/history/last-good.js';
import { pausePath } from '../system/machine/pause.js';
import { noteStarted } from '../system/dockerd/start-record.js';
import type { ApplyOptions } from '../system/transaction/apply.js';
import { observeSituation } from '../system/machine/situation.js';

export interface MachineScan {
  readonly situation: MachineState;
  readonly drifts: readonly Drift[];
}

/** Looks at everything once, and remembers a daemon.json that is as it should be, what dockerd was started with, and what it had to fetch. */
export async function scan(
  host: Host,
  declaration: Declaration,
  { config, daemon }: Pick<ApplyOptions, 'config' | 'daemon'>,
): Promise<MachineScan> {
  const situation = await observeSituation(host, declaration, { config, daemon, anew: true });
  noteStarted(host, situation.daemon.observed);
  const drifts: Drift[] = [];
  for (const some of driftsBySlice(situation)) {
    drifts.push(...some);
    await host.clock.sleep(0);
  }
  rememberInOrder(host, situation, drifts);
  keepFetched(host, situation.trust);
  return { situation, drifts };
}

/** The paths whose content and access a scan depends on. */
export function watchedPaths(situation: MachineState | null): string[] {
  if (situation === null) return [];
  const { daemon, trust } = situation;
  const named = Object.values(daemon.declaration.registries).flatMap(({ ca, cert, key }) => [
    ca?.file,
    cert,
    key,
  ]);
  const files = named.filter((path) => path !== undefined);
  return [daemon.observed.configPath, ...trust.snapshot.keys(), ...files];
}

/** The paths that say what the agent shall do. */
export function ownPaths(host: Host): string[] {
  const { file, fragments } = declarationPaths(host.self);
  return [file, fragments, ...namesIn(host, fragments), pausePath(host)];
}

/** Folders of everybody: too much happens there, and the sweep sees what is ours. */
const BUSY: ReadonlySet<string> = new Set([
  '/',
  '/etc',
  '/usr/lib',
  '/run',
  '/var/lib',
  '/etc/ssl/certs',
]);

/** The folders to be told about: those of the paths, and those that links lead to. */
export function watchedFolders(host: Host, paths: readonly string[]): string[] {
  const parents = [...new Set(paths.map((path) => dirname(path)))];
  const folders = parents.flatMap((folder) => [
    existingFolder(host, folder),
    ...targetOf(host, folder),
  ]);
  const linked = paths.filter((path) => isLink(host, path));
  const targets = linked.flatMap((path) => targetOf(host, path)).map((path) => dirname(path));
  return [...new Set([...folders, ...targets])].filter((folder) => !BUSY.has(folder)).sort();
}

function rememberInOrder(host: Host, { daemon }: MachineState, drifts: readonly Drift[]): void {
  const { observed, lastGood, bootId, readsInstead } = daemon;
  const { configFile: image, configPath: path, pid, state } = observed;
  const good = state === 'running' && image !== null && readsInstead === null;
  if (!good || drifts.some(({ scope }) => scope === 'daemon')) return;
  const now = { path, image, pid, bootId };
  if (JSON.stringify(now) !== JSON.stringify(lastGood)) rememberGood(host, now);
}

function namesIn({ fs }: Host, folder: string): string[] {
  try {
    return fs.list(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** A folder that is not there yet is seen to come by the nearest one above it. */
function existingFolder(host: Host, folder: string): string {
  if (folder === '/' || host.fs.stat(folder, { follow: true })?.kind === 'folder') return folder;
  return existingFolder(host, dirname(folder));
}

function isLink({ fs }: Host, path: string): boolean {
  try {
    return fs.stat(path)?.kind === 'link';
  } catch {
    return false;
  }
}

function targetOf({ fs }: Host, path: string): string[] {
  try {
    return [fs.realpath(path)];
  } catch {
    return [];
  }
}
