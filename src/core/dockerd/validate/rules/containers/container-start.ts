import type { ConfigFix } from '../../config-edit.js';
import { inRange } from '../../../options/keys/version.js';
import type { Json } from '../../../../formats/json/json-object.js';
import { nearest } from '../../../../text/suggest.js';
import { unlessProgram } from '../missing.js';
import {
  ENOUGH,
  NO_CONTAINER,
  booleanOf,
  fieldOf,
  kindAt,
  objectOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** What runc knows as RLIMIT_…, in lower case (opencontainers/runc libcontainer/specconv; getrlimit(2)). */
export const LIMITS: readonly string[] = [
  ...[
    'as',
    'core',
    'cpu',
    'data',
    'fsize',
    'locks',
    'memlock',
    'msgqueue',
    'nice',
    'nofile',
    'nproc',
  ],
  ...['rss', 'rtprio', 'rttime', 'sigpending', 'stack'],
];

/** What dockerd passes on as it is, and only a container meets. */
export function checkContainerStart(candidate: DecodedConfig): RuleProblem[] {
  return [...checkInit(candidate), ...checkUlimits(candidate)];
}

const LIBEXEC: readonly string[] = [
  '/usr/local/libexec/docker',
  '/usr/libexec/docker',
  '/usr/local/lib/docker',
  '/usr/lib/docker',
  '/usr/libexec',
];

/** With `init`, every container is started below this program. */
function checkInit(candidate: DecodedConfig): RuleProblem[] {
  const program = textOf(candidate, 'init-path');
  if (program === '' || !booleanOf(candidate, 'init', false)) return [];
  // moby config_linux.go, LookupInitPath: since 24 relative names are looked up, docker-init's below libexec too.
  if (!program.startsWith('/') && inRange(candidate.engine, '..23'))
    return [
      {
        code: 'bad-value',
        path: ['init-path'],
        message: `init-path ${quote(program)} does not begin at /${NO_CONTAINER}`,
        hint: 'write the whole path, or remove it for the docker-init of the package',
        stops: 'containers',
      },
    ];
  if (
    !program.startsWith('/') &&
    LIBEXEC.some((folder) => kindAt(candidate, `${folder}/${program}`) === 'executable')
  )
    return [];
  return unlessProgram(candidate, program, {
    code: 'missing-program',
    path: ['init-path'],
    message: `init-path ${quote(program)} is no program on this machine${NO_CONTAINER}`,
    hint: 'correct init-path, or remove it for the docker-init of the package',
    stops: 'containers',
  });
}

/** What the kernel refuses, no container starts with. */
function checkUlimits(candidate: DecodedConfig): RuleProblem[] {
  const limits = objectOf(candidate, 'default-ulimits');
  const wrong: RuleProblem[] = [];
  const named: RuleProblem[] = [];
  for (const key in limits) {
    const limit = limits[key] ?? null;
    const what = whatIsWrong(limit, key);
    if (what !== null) wrong.push(problem(key, what));
    else if (named.length < ENOUGH) named.push(...checkName(key, limit));
    if (wrong.length >= ENOUGH) break;
  }
  return [...wrong, ...named];
}

/** The Name decides, not the key (moby daemon_unix.go, adaptContainerSettings). */
function checkName(key: string, limit: Json): RuleProblem[] {
  const name = fieldOf(limit, 'name');
  if (typeof name !== 'string' || name.toLowerCase() === key.toLowerCase()) return [];
  return [
    {
      code: 'ignored-key',
      path: ['default-ulimits', key],
      message: `default-ulimits.${key} sets ${name}, which its Name says, and not ${quote(key)}`,
      hint: LIMITS.includes(key.toLowerCase()) ? `write "Name": ${quote(key)}` : `call it ${name}`,
    },
  ];
}

interface Wrong {
  readonly what: string;
  readonly hint: string;
  readonly fix?: ConfigFix;
}

function whatIsWrong(limit: Json, key: string): Wrong | null {
  if (limit === null)
    return { what: 'is null: dockerd ends with the first container', hint: 'remove it' };
  const name = fieldOf(limit, 'name') ?? '';
  if (typeof name !== 'string') return null;
  const ofKey = LIMITS.includes(key.toLowerCase()) ? key.toLowerCase() : 'nofile';
  if (name === '')
    return {
      ...late('has no Name', `add "Name": ${quote(ofKey)}`),
      ...(fieldOf(limit, 'name') === undefined &&
        LIMITS.includes(key.toLowerCase()) && {
          fix: { set: ['default-ulimits', key, 'Name'], to: ofKey },
        }),
    };
  if (!LIMITS.includes(name.toLowerCase())) {
    const meant = nearest(name, LIMITS);
    return late(
      `has the Name ${quote(name)}, which is no limit`,
      meant === undefined ? `write one of ${LIMITS.join(', ')}` : `write "Name": ${quote(meant)}`,
    );
  }
  const [soft, hard] = [bound(fieldOf(limit, 'soft')), bound(fieldOf(limit, 'hard'))];
  if (soft > hard) return late('has a Soft limit above Hard', 'write a Hard that is at least Soft');
  if (name.toLowerCase() === 'nofile' && hard === Infinity)
    return late(
      'is unlimited, which Linux refuses for nofile (sysctl fs.nr_open is the most)',
      'write a number such as 1048576',
    );
  return null;
}

/** -1 is no limit; what is not given is 0. */
function bound(value: Json | undefined): number {
  return value === -1 ? Infinity : Number(value ?? 0);
}

function late(what: string, hint: string): Wrong {
  return { what: `${what}${NO_CONTAINER}`, hint };
}

function problem(key: string, { what, ...cure }: Wrong): RuleProblem {
  return {
    code: 'bad-value',
    path: ['default-ulimits', key],
    message: `default-ulimits.${key} ${what}`,
    ...cure,
    stops: 'containers',
  };
}
