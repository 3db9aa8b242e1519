import { basename, join } from 'node:path';
import type { RunningContainer } from '../../core/dockerd/observed/observed.js';
import { isObject, type Json, memberOf, stringOf } from '../../core/formats/json/json-object.js';
import type { Host } from '../../host/host.js';
import { processOf, readText } from '../systemd/process.js';

/**
 * The containers that run, as the kernel shows them when dockerd cannot be asked: each has a shim of containerd's, whose
 * command line names it (containerd core/runtime/v2/shim/util.go: `-namespace moby -id ID`). What dockerd wrote of them
 * below its data root gives them names.
 */
export function containersByShims(host: Host, dataRoot: string): RunningContainer[] {
  return shimmedIds(host)
    .map((id) => described(host, folderOf(host, dataRoot, id), id))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Those that run and that dockerd does not list, because it has another data root, namespace or image store than the one that
 * started them. containerd has a folder for each task (containerd core/runtime/v2/bundle.go): as long as that names no other, nobody
 * else is asked.
 */
export function unlistedContainers(
  host: Host,
  listed: readonly RunningContainer[],
  dataRoot: string,
): RunningContainer[] {
  const ids = new Set(listed.map(({ id }) => id));
  const tasks = TASKS.flatMap((folder) => namesIn(host, folder).map((name) => join(folder, name)))
    .filter((folder) => basename(folder).startsWith('moby'))
    .flatMap((folder) => namesIn(host, folder));
  if (tasks.every((id) => ids.has(id))) return [];
  return containersByShims(host, dataRoot).filter(({ id }) => !ids.has(id));
}

const TASKS = [
  '/run/containerd/io.containerd.runtime.v2.task',
  '/run/docker/containerd/daemon/io.containerd.runtime.v2.task',
];

function namesIn({ fs }: Host, folder: string): readonly string[] {
  try {
    return fs.list(folder);
  } catch {
    return [];
  }
}

function shimmedIds(host: Host): string[] {
  const ids = processes(host).flatMap((pid) => idOfShim(processOf(host, pid)?.argv ?? []) ?? []);
  return [...new Set(ids)];
}

function processes(host: Host): number[] {
  return namesIn(host, '/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** dockerd's namespace is `moby`, with user namespaces `moby` and their ids (moby cmd/dockerd/daemon.go). */
function idOfShim([program = '', ...args]: readonly string[]): string | null {
  const valueOf = (flag: string) => args[args.indexOf(flag) + 1] ?? '';
  const isShim = basename(program).startsWith('containerd-shim') && args.includes('-id');
  return isShim && valueOf('-namespace').startsWith('moby') ? valueOf('-id') : null;
}

/** Below the data root of today, or the one that dockerd has by itself. */
function folderOf({ fs }: Host, dataRoot: string, id: string): string {
  const folders = [dataRoot, '/var/lib/docker'].map((root) => join(root, 'containers', id));
  return folders.find((folder) => fs.stat(folder) !== null) ?? folders[0] ?? '';
}

function described(host: Host, folder: string, id: string): RunningContainer {
  const config = parse(readText(host, join(folder, 'config.v2.json')));
  const policy = memberOf(parse(readText(host, join(folder, 'hostconfig.json'))), 'RestartPolicy');
  const state = memberOf(config, 'State');
  return {
    id,
    name: stringOf(memberOf(config, 'Name')).replace(/^\//, '') || id.slice(0, 12),
    pid: Number(memberOf(state, 'Pid') ?? 0),
    startedAt: stringOf(memberOf(state, 'StartedAt')),
    restartPolicy: stringOf(memberOf(policy, 'Name')) || 'no',
  };
}

function parse(body: string | null): Json {
  try {
    const value = JSON.parse(body ?? '') as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
