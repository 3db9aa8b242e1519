import type { Json } from '../../plan.js';
import { configSet } from '../config-set.js';
import { flagConflicts } from '../flags.js';
import { isInFile, quote, textOf, type Candidate, type RuleProblem } from './rule.js';

/** Keys that the unit's flags give too, words that are no flags, and pairs of keys that exclude each other (moby config.go). */
export function checkFlags(candidate: Candidate): RuleProblem[] {
  return [...conflicts(candidate), ...strays(candidate), ...pairs(candidate)];
}

function conflicts(candidate: Candidate): RuleProblem[] {
  const { flags, engine, members, sourceOf } = candidate;
  const set = configSet(members, engine);
  return flagConflicts([...set.keys()], flags, engine).map(({ key, flag }): RuleProblem => ({
    code: 'flag-and-file',
    path: set.get(key)?.path ?? [key],
    message: `${key} stands in the file and in dockerd's flags (${flag.written})`,
    hint:
      key === 'hosts'
        ? 'remove hosts from the file, or give docker.service a drop-in whose ExecStart has no -H'
        : `remove ${key} from the file, or the flag from ${sourceOf?.(flag.written) ?? 'the unit'}`,
    ...(saysNothing(set.get(key)?.value, flag.values) && {
      cure: { remove: set.get(key)?.path ?? [key] },
    }),
  }));
}

/** The file says what the flags say, or nothing: it can go without a change. */
function saysNothing(value: Json | undefined, given: readonly string[]): boolean {
  if (Array.isArray(value)) {
    return value.length === 0 || JSON.stringify(value) === JSON.stringify(given);
  }
  return value === null || value === '' || value === given.at(-1);
}

function strays({ flags, sourceOf }: Candidate): RuleProblem[] {
  return flags.strays.map((word): RuleProblem => {
    const elsewhere = sourceOf?.(word);
    return {
      code: 'bad-flag',
      path: [],
      message: `${quote(word)} in dockerd's command line is no flag of dockerd`,
      hint: `correct it in ${elsewhere ?? 'the unit: systemctl cat docker.service'}`,
      elsewhere,
    };
  });
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['host-gateway-ip', 'host-gateway-ips'],
  ['graph', 'data-root'],
];

/** The first pair is looked at by name alone, the other only where both say something. */
function pairs(candidate: Candidate): RuleProblem[] {
  return PAIRS.filter((pair) => pair.every((key) => isInFile(candidate, key)))
    .filter((pair) => pair[0] !== 'graph' || pair.every((key) => textOf(candidate, key) !== ''))
    .map(([first, second]): RuleProblem => ({
      code: 'exclusive-keys',
      path: [first],
      message: `${first} and ${second} are two names for one setting`,
      hint: `remove ${first}`,
    }));
}
