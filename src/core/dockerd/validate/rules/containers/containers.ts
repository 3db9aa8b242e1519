import { stringsOf } from '../../../options/meaning.js';
import { inRange } from '../../../options/keys/version.js';
import { checkContainerStart } from './container-start.js';
import { checkReadable } from '../missing.js';
import { checkPaths } from '../paths.js';
import {
  counted,
  NO_CONTAINER,
  listOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** What containers run with, as far as a start looks at it (moby daemon_unix.go, verifyDaemonSettings). */
export function checkContainers(candidate: DecodedConfig): RuleProblem[] {
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
function checkExecOptions(candidate: DecodedConfig): RuleProblem[] {
  const strict = inRange(candidate.engine, '28..');
  const options = stringsOf(candidate.config.get('exec-opts'));
  const deciding = options.filter((option) => DRIVER.test(option)).at(strict ? -1 : 0);
  const isWorth = counted();
  return options.flatMap((option, index): RuleProblem[] => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(option) ?? [];
    const known = name.trim().toLowerCase() === 'native.cgroupdriver';
    const path = ['exec-opts', index];
    if (!known || value.trim() === '') {
      if (!isWorth('unknown')) return [];
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

function checkCgroups(candidate: DecodedConfig): RuleProblem[] {
  const found: RuleProblem[] = [];
  const parent = textOf(candidate, 'cgroup-parent');
  const systemd = usesSystemd(candidate);
  if (parent !== '' && systemd !== false && !/^.+\.slice$/s.test(parent)) {
    found.push({
      ...(systemd === undefined && { need: CGROUPFS }),
      code: 'bad-value',
      path: ['cgroup-parent'],
      message: `the cgroup driver is systemd, and cgroup-parent ${quote(parent)} is no slice`,
      hint: 'write the name of a slice, such as "docker.slice"',
      stops: 'start',
    });
  } else if (parent !== '' && systemd !== false && !isSliceName(parent)) {
    found.push({
      ...(systemd === undefined && { need: CGROUPFS }),
      code: 'bad-value',
      path: ['cgroup-parent'],
      message: `systemd takes no slice of the name ${quote(parent)}${NO_CONTAINER}`,
      hint: 'write the name of a slice, such as "docker.slice"; one below another is "above-below.slice"',
      stops: 'containers',
    });
  }
  for (const key of ['cpu-rt-period', 'cpu-rt-runtime']) {
    const value = candidate.config.get(key);
    if (typeof value !== 'number' || value === 0 || candidate.host.cgroup === 'v1') continue;
    // 20.10 looks with the first container.
    const late = inRange(candidate.engine, '..20');
    found.push({
      ...(candidate.host.cgroup === undefined && {
        need: { needs: 'cgroup', what: 'cgroup v1, and a kernel with CONFIG_RT_GROUP_SCHED' },
      }),
      code: 'bad-value',
      path: [key],
      message: `${key} does not exist with cgroup v2, which this machine has${late ? NO_CONTAINER : ''}`,
      hint: `remove ${key}`,
      stops: late ? 'containers' : 'start',
    });
  }
  return found;
}

/** Whose dashes part the names of slices, from the outermost on (systemd.slice(5); opencontainers/runc, ExpandSlice). */
function isSliceName(name: string): boolean {
  if (name === '-.slice') return true;
  return name.length < 256 && /^[\w:.\\]+(?:-[\w:.\\]+)*\.slice$/.test(name);
}

const CGROUPFS = {
  needs: 'cgroup',
  what: 'cgroup v1, or no systemd, so that the cgroup driver is cgroupfs',
} as const;

/** moby daemon_unix.go, UsingSystemd; undefined where the machine decides and is not known. */
function usesSystemd(candidate: DecodedConfig): boolean | undefined {
  const drivers = listOf(candidate, 'exec-opts')
    .map((option) => /^native\.cgroupdriver\s*=\s*(\S*)$/i.exec(option.trim())?.[1])
    .filter((driver) => driver !== undefined);
  const driver = inRange(candidate.engine, '28..') ? drivers.at(-1) : drivers[0];
  if (driver !== undefined && driver !== '') return driver === 'systemd';
  const { cgroup, systemd } = candidate.host;
  if (cgroup === 'v1' || systemd === false) return false;
  return cgroup === 'v2' && systemd === true ? true : undefined;
}

function checkSeccomp(candidate: DecodedConfig): RuleProblem[] {
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
  // A bare word is meant as the name of a profile, and dockerd has one such name.
  const isWord = /^[\w-]+$/.test(profile) && candidate.host.kindOf === undefined;
  if (isWord || /^\.?\/?(?:default|unconfined|builtin)$/.test(profile))
    return [
      {
        code: 'bad-value',
        path: ['seccomp-profile'],
        message: `dockerd takes ${quote(profile)} for a file, and there is no profile of that name`,
        hint: inRange(candidate.engine, '23..')
          ? 'write "builtin", or remove seccomp-profile: that is the default'
          : 'remove seccomp-profile: the built-in one is the default',
        stops: 'start',
      },
    ];
  return checkReadable(candidate, { key: 'seccomp-profile', file: profile, stops: 'start' });
}

function checkUserns(candidate: DecodedConfig): RuleProblem[] {
  const remap = candidate.config.get('userns-remap');
  if (typeof remap !== 'string' || remap === '') return [];
  const parts = remap.split(':');
  if (parts.length > 2)
    return [
      {
        code: 'bad-value',
        path: ['userns-remap'],
        message: `userns-remap ${quote(remap)} is not user:group`,
        hint: NEW_ACCOUNT,
        stops: 'start',
      },
    ];
  const [user = '', group = user] = parts;
  const { users, groups } = candidate.host;
  const problem: RuleProblem = {
    code: 'missing-account',
    path: ['userns-remap'],
    message: `this machine has no user or group ${quote(remap)}`,
    hint: NEW_ACCOUNT,
    stops: 'start',
  };
  const found: RuleProblem[] = [
    ...unlessNamed(user, users, { ...problem, need: { needs: 'user', what: userText(user) } }),
    ...(group === user
      ? []
      : unlessNamed(group, groups, { ...problem, need: { needs: 'group', what: group } })),
  ];
  const missing = found.find(({ need }) => need === undefined);
  if (missing !== undefined) return [missing];
  return [...found, ...(users === undefined ? [] : checkRanges(candidate, user))];
}

const NEW_ACCOUNT =
  'write "default", or create the account with its ranges in /etc/subuid and /etc/subgid';

function userText(user: string): string {
  return ['root', '0'].includes(user)
    ? user
    : `${user}, with ranges in /etc/subuid and /etc/subgid`;
}

function unlessNamed(
  name: string,
  known: readonly string[] | undefined,
  problem: RuleProblem & Required<Pick<RuleProblem, 'need'>>,
): RuleProblem[] {
  if (['default', 'root', '0'].includes(name) || known?.includes(name) === true) return [];
  const { need, ...rest } = problem;
  return [known === undefined ? { ...rest, need } : rest];
}

/** Containers get the user's subordinate ids; root is never remapped (moby daemon_unix.go, setupRemappedRoot). */
function checkRanges({ host }: DecodedConfig, user: string): RuleProblem[] {
  if (['default', 'root', '0'].includes(user) || host.hasSubordinateIds?.(user) !== false)
    return [];
  return [
    {
      code: 'missing-account',
      path: ['userns-remap'],
      message: `the user ${quote(user)} has no range of ids in /etc/subuid and /etc/subgid`,
      hint: 'write "default", or add ranges: `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER`',
      stops: 'start',
    },
  ];
}
