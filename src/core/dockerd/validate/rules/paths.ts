import { dirname } from 'node:path';
import { inRange } from '../../options/keys/version.js';
import { missingFile } from './missing.js';
import {
  NO_CONTAINER,
  kindAt,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** Where dockerd keeps and finds what is its own, as far as a start looks at it. */
export function checkPaths(candidate: DecodedConfig): RuleProblem[] {
  const found: RuleProblem[] = [];
  for (const key of ['data-root', 'exec-root']) {
    const folder = candidate.config.get(key);
    if (typeof folder !== 'string' || folder === '') continue;
    if (!canBeFolder(candidate, folder)) found.push(noFolder(key, folder));
    else if (!folder.startsWith('/')) found.push(...relative(candidate, { key, folder }));
  }
  const pidfile = candidate.config.get('pidfile');
  if (typeof pidfile === 'string' && kindAt(candidate, pidfile) === 'folder') {
    found.push({
      code: 'bad-value',
      path: ['pidfile'],
      message: `pidfile ${quote(pidfile)} is a folder`,
      hint: 'name a file, such as "/run/docker.pid"',
      stops: 'start',
    });
  }
  // 20.10 keeps its identity there, and makes what is missing (moby daemon/trustkey.go).
  const keyFile = candidate.config.get('deprecated-key-path');
  const kept = typeof keyFile === 'string' && inRange(candidate.engine, '..23');
  if (kept && !mayBeKey(candidate, keyFile))
    found.push({
      code: 'bad-value',
      path: ['deprecated-key-path'],
      message: `deprecated-key-path ${quote(keyFile)} is no file with a key`,
      hint: 'remove deprecated-key-path',
      stops: 'start',
    });
  else if (kept && !canBeFolder(candidate, dirname(keyFile)))
    found.push(noFolder('deprecated-key-path', dirname(keyFile)));
  const containerd = candidate.config.get('containerd');
  if (typeof containerd === 'string' && containerd !== '') {
    const problem = missingFile({ key: 'containerd', file: containerd, stops: 'start' });
    const kind = kindAt(candidate, containerd);
    if (kind === null) found.push(problem);
    if (kind === undefined) found.push({ ...problem, need: { needs: 'socket', what: containerd } });
  }
  found.push(...checkNamespace(candidate));
  if (textOf(candidate, 'containerd-namespace') === pluginsNamespace(candidate)) {
    found.push({
      code: 'bad-value',
      path: ['containerd-namespace'],
      message: 'containerd-namespace is the name space of the plugins',
      hint: 'remove containerd-namespace',
      stops: 'start',
    });
  }
  return found;
}

/** containerd pkg/identifiers, Validate: it is asked only when there is something to keep. */
function checkNamespace(candidate: DecodedConfig): RuleProblem[] {
  const name = candidate.config.get('containerd-namespace');
  if (typeof name !== 'string' || name === '') return [];
  if (name.length <= 76 && /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(name)) return [];
  return [
    {
      code: 'bad-value',
      path: ['containerd-namespace'],
      message: `containerd takes no name space ${quote(name)}${NO_CONTAINER}`,
      hint: 'write letters and digits, with single . _ or - between them',
      stops: 'containers',
    },
  ];
}

function mayBeKey(candidate: DecodedConfig, path: string): boolean {
  const { host } = candidate;
  const kind = kindAt(candidate, path) ?? null;
  if (kind === 'socket' || kind === 'folder' || kind === 'other') return false;
  return kind === null || host.isPem?.(path) !== false;
}

/** The key of this name is ignored; only the flag counts. */
function pluginsNamespace({ flags }: DecodedConfig): string {
  return flags.flags.get('containerd-plugins-namespace')?.values.at(-1) ?? 'plugins.moby';
}

/** What is to be made has its parents looked for up to /, for ever (moby pkg/idtools, mkdirAs). Under systemd dockerd stands at /. */
function relative(
  candidate: DecodedConfig,
  { key, folder }: { readonly key: string; readonly folder: string },
): RuleProblem[] {
  const late: RuleProblem = {
    code: 'bad-value',
    path: [key],
    message: `${key} ${quote(folder)} does not begin at /${NO_CONTAINER}`,
    hint: /^[a-z]:|\\/i.test(folder)
      ? 'that is a path of Windows: name a folder of Linux, from / on'
      : `write ${quote(`/${folder}`)}`,
    stops: 'containers',
  };
  // Later engines make it themselves, but not the folder of a user in it.
  const asks = inRange(candidate.engine, '..20') || textOf(candidate, 'userns-remap') !== '';
  const kind = kindAt(candidate, `/${folder}`);
  // A root that is there is resolved to its real path (moby daemon/daemon.go, NewDaemon).
  if (key === 'data-root' && kind === 'folder') return [];
  if (key !== 'data-root' || !asks || (kind !== null && kind !== undefined)) return [late];
  const never: RuleProblem = {
    ...late,
    message: `with data-root ${quote(folder)}, which does not begin at /, dockerd never comes up`,
    stops: 'start',
  };
  const need = { needs: 'folder', what: `/${folder}` } as const;
  return kind === null ? [never] : [late, { ...never, need }];
}

function noFolder(key: string, folder: string): RuleProblem {
  return {
    code: 'bad-value',
    path: [key],
    message: `${key}: ${quote(folder)} is no folder and cannot become one`,
    hint: 'name a folder',
    stops: 'start',
  };
}

/** dockerd makes missing folders; it cannot below a file, or in what the kernel shows. */
function canBeFolder(candidate: Pick<DecodedConfig, 'host'>, path: string): boolean {
  const kind = kindAt(candidate, path);
  if (!path.startsWith('/')) return true;
  const { filesystemOf = filesystemEverywhere } = candidate.host;
  // In those of the kernel nobody can make anything.
  if (['proc', 'sysfs'].includes(filesystemOf(path))) return false;
  if (kind === 'folder') return true;
  if (kind !== null && kind !== undefined) return false;
  if (kind === undefined && candidate.host.kindOf !== undefined) return true;
  const parent = dirname(path);
  return parent === '/' || canBeFolder(candidate, parent);
}

function filesystemEverywhere(path: string): string {
  return /^\/proc(?:\/|$)/.test(path) ? 'proc' : /^\/sys(?:\/|$)/.test(path) ? 'sysfs' : '';
}
