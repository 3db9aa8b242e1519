import { stringsOf } from '../../../options/meaning.js';
import { inRange } from '../../../options/keys/version.js';
import { checkContainerStart } from './container-start.js';
import { checkReadable } from '../missing.js';
import { checkPaths } from '../paths.js';
import { NO_CONTAINER, listOf, quote, textOf, type Candidate, type RuleProblem } from '../rule.js';

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
      message: `${key} does not exist with cgroup v2, which this machine has${late ? NO_CONTAINER : ''}`,
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
