import type { Json } from '../../../../formats/json/json-object.js';
import { unlessProgram } from '../missing.js';
import {
  NO_CONTAINER,
  booleanOf,
  fieldOf,
  membersOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** What runc knows as RLIMIT_…, in lower case (opencontainers/runc libcontainer/specconv; getrlimit(2)). */
const NAMES: readonly string[] = [
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

/** With `init`, every container is started below this program. */
function checkInit(candidate: DecodedConfig): RuleProblem[] {
  const program = textOf(candidate, 'init-path');
  if (program === '' || !booleanOf(candidate, 'init', false)) return [];
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
  return membersOf(candidate, 'default-ulimits').flatMap(([key, limit]) => {
    const wrong = whatIsWrong(limit);
    return wrong === null ? [] : [problem(key, wrong)];
  });
}

interface Wrong {
  readonly what: string;
  readonly hint: string;
}

function whatIsWrong(limit: Json): Wrong | null {
  if (limit === null)
    return { what: 'is null: dockerd ends with the first container', hint: 'remove it' };
  const name = fieldOf(limit, 'name') ?? '';
  if (typeof name !== 'string') return null;
  if (name === '') return late('has no Name', 'add "Name": "nofile"');
  if (!NAMES.includes(name.toLowerCase()))
    return late(
      `has the Name ${quote(name)}, which is no limit`,
      `write one of ${NAMES.join(', ')}`,
    );
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

function problem(key: string, { what, hint }: Wrong): RuleProblem {
  return {
    code: 'bad-value',
    path: ['default-ulimits', key],
    message: `default-ulimits.${key} ${what}`,
    hint,
    stops: 'containers',
  };
}
