import { dirname } from 'node:path';
import { stringsOf } from '../meaning.js';
import { inRange } from '../version.js';
import { checkContainerStart } from './container-start.js';
import { checkReadable, missingFile } from './missing.js';
import { listOf, quote, textOf, type Candidate, type RuleProblem } from './rule.js';

/** What containers run with, as far as a start looks at it (moby daemon_unix.go, verifyDaemonSettings). */
export function checkContainers(candidate: Candidate): RuleProblem[] {
  return [
    ...checkExecOptions(candidate),
    ...checkCgroups(candidate),
    ...checkSeccomp(candidate),
    ...checkUserns(candidate),
    ...checkPaths(candidate),
    ...checkContainerStart(candidate),
  ];
}

const DRIVER = /^\s*native\.cgroupdriver\s*=/i;

/**
 * Refused by the decoder since 28.0, where the last driver counts; before, what is not understood is passed over and the first
 * driver counts (moby daemon_unix.go, getCD).
 */
function checkExecOptions(candidate: Candidate): RuleProblem[] {
  const strict = inRange(candidate.engine, '28..');
  const options = stringsOf(candidate.config.get('exec-opts'));
  const deciding = options.filter((option) => DRIVER.test(option)).at(strict ? -1 : 0);
  return options.flatMap((option, index): RuleProblem[] => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(option) ?? [];
    const known = name.trim().toLowerCase() === 'native.cgroupdriver';
    const path = ['exec-opts', index];
    if (!known || value.trim() === '') {
      return [
        {
          code: 'bad-value',
          path,
          message: strict
            ? `dockerd refuses the exec-opt ${quote(option)}`
            : `dockerd ignores the exec-opt ${quote(option)}`,
          hint: 'write "native.cgroupdriver=systemd" or "native.cgroupdriver=cgroupfs"',
          stops: strict ? 'both' : 'nothing',
        },
      ];
    }
    return option !== deciding || ['systemd', 'cgroupfs'].includes(value.trim())
      ? []
      : [
          {
            code: 'bad-value',
            path,
            message: `${quote(value)} is no cgroup driver of dockerd`,
            hint: 'write "native.cgroupdriver=systemd" or "native.cgroupdriver=cgroupfs"',
            stops: 'start',
          },
        ];
  });
}

function checkCgroups(candidate: Candidate): RuleProblem[] {
  const found: RuleProblem[] = [];
  const parent = textOf(candidate, 'cgroup-parent');
  if (parent !== '' && usesSystemd(candidate) && !/^.+\.slice$/s.test(parent)) {
    found.push({
      code: 'bad-value',
      path: ['cgroup-parent'],
      message: `the cgroup driver is systemd, and cgroup-parent ${quote(parent)} is no slice`,
      hint: 'write the name of a slice, such as "docker.slice"',
      stops: 'start',
    });
  }
  for (const key of ['cpu-rt-period', 'cpu-rt-runtime']) {
    const value = candidate.config.get(key);
    if (typeof value !== 'number' || value === 0 || candidate.host.cgroup !== 'v2') continue;
    // 20.10 looks with the first container.
    const late = inRange(candidate.engine, '..20');
    found.push({
      code: 'bad-value',
      path: [key],
      message: `${key} does not exist with cgroup v2, which this machine has${late ? ': dockerd starts, but no container does' : ''}`,
      hint: `remove ${key}`,
      stops: late ? 'containers' : 'start',
    });
  }
  return found;
}

/** moby daemon_unix.go, UsingSystemd; false where the machine decides and is not known. */
function usesSystemd(candidate: Candidate): boolean {
  const drivers = listOf(candidate, 'exec-opts')
    .map((option) => /^native\.cgroupdriver\s*=\s*(\S*)$/i.exec(option.trim())?.[1])
    .filter((driver) => driver !== undefined);
  const driver = inRange(candidate.engine, '28..') ? drivers.at(-1) : drivers[0];
  if (driver !== undefined && driver !== '') return driver === 'systemd';
  return candidate.host.cgroup === 'v2' && candidate.host.systemd === true;
}

function checkSeccomp(candidate: Candidate): RuleProblem[] {
  const profile = candidate.config.get('seccomp-profile');
  if (typeof profile !== 'string' || profile === '') return [];
  const named = ['builtin', 'unconfined'].includes(profile);
  if (named && inRange(candidate.engine, '23..')) return [];
  if (named) {
    return [
      {
        code: 'bad-value',
        path: ['seccomp-profile'],
        message: `dockerd 20.10 takes ${quote(profile)} for a file`,
        hint: 'remove seccomp-profile, or name a file',
        stops: 'start',
      },
    ];
  }
  return checkReadable(candidate, { key: 'seccomp-profile', file: profile, stops: 'start' });
}

function checkUserns(candidate: Candidate): RuleProblem[] {
  const remap = candidate.config.get('userns-remap');
  if (typeof remap !== 'string' || remap === '') return [];
  const parts = remap.split(':');
  const { users, groups } = candidate.host;
  const [user = '', group = user] = parts;
  const isMissing = (name: string, known?: readonly string[]) =>
    known !== undefined && name !== 'default' && !known.includes(name);
  if (parts.length <= 2 && !isMissing(user, users) && !isMissing(group, groups))
    return checkRanges(candidate, user);
  return [
    {
      code: parts.length > 2 ? 'bad-value' : 'missing-account',
      path: ['userns-remap'],
      message:
        parts.length > 2
          ? `userns-remap ${quote(remap)} is not user:group`
          : `this machine has no user or group ${quote(remap)}`,
      hint: 'write "default", or create the account with its ranges in /etc/subuid and /etc/subgid',
      stops: 'start',
    },
  ];
}

/** Containers get the user's subordinate ids; root is never remapped (moby daemon_unix.go, setupRemappedRoot). */
function checkRanges({ host }: Candidate, user: string): RuleProblem[] {
  if (['default', 'root', '0'].includes(user) || host.hasSubordinateIds?.(user) !== false)
    return [];
  return [
    {
      code: 'missing-account',
      path: ['userns-remap'],
      message: `the user ${quote(user)} has no range of ids in /etc/subuid and /etc/subgid`,
      hint: 'write "default", or add ranges: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER',
      stops: 'start',
    },
  ];
}

function checkPaths(candidate: Candidate): RuleProblem[] {
  const found: RuleProblem[] = [];
  for (const key of ['data-root', 'exec-root']) {
    const folder = candidate.config.get(key);
    if (typeof folder !== 'string' || folder === '') continue;
    if (!canBeFolder(candidate, folder)) found.push(noFolder(key, folder));
    else if (key === 'data-root' && isNewRelative(candidate, folder))
      found.push(relativeRoot(folder));
  }
  const pidfile = candidate.config.get('pidfile');
  if (typeof pidfile === 'string' && candidate.host.kindOf?.(pidfile) === 'folder') {
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
  const kindOfKey = kept ? (candidate.host.kindOf?.(keyFile) ?? null) : null;
  if (kept && ['socket', 'folder', 'other'].includes(kindOfKey ?? ''))
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
  if (
    typeof containerd === 'string' &&
    containerd !== '' &&
    candidate.host.kindOf?.(containerd) === null
  ) {
    found.push(missingFile({ key: 'containerd', file: containerd, stops: 'start' }));
  }
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

/** The key of this name is ignored; only the flag counts. */
function pluginsNamespace({ flags }: Candidate): string {
  return flags.flags.get('containerd-plugins-namespace')?.values.at(-1) ?? 'plugins.moby';
}

/** What is to be made has its parents looked for up to /, for ever (moby pkg/idtools, mkdirAs). Under systemd dockerd stands at /. */
function isNewRelative(candidate: Candidate, folder: string): boolean {
  const missing = candidate.host.kindOf?.(`/${folder}`) === null;
  // Later engines make it themselves, but not the folder of a user in it.
  const asks = inRange(candidate.engine, '..20') || textOf(candidate, 'userns-remap') !== '';
  return missing && asks && !folder.startsWith('/');
}

function relativeRoot(folder: string): RuleProblem {
  return {
    code: 'bad-value',
    path: ['data-root'],
    message: `with data-root ${quote(folder)}, which does not begin at /, dockerd never comes up`,
    hint: `write ${quote(`/${folder}`)}`,
    stops: 'start',
  };
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
function canBeFolder({ host }: Pick<Candidate, 'host'>, path: string): boolean {
  const kind = host.kindOf?.(path);
  if (kind === undefined || !path.startsWith('/')) return true;
  if (kind === 'folder' || kind === 'hidden') return true;
  if (kind !== null) return false;
  if (['proc', 'sysfs'].includes(host.filesystemOf?.(path) ?? '')) return false;
  const parent = dirname(path);
  return parent === '/' || canBeFolder({ host }, parent);
}
