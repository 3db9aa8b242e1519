import { flagConflicts, PROXY_FLAGS } from '../flags.js';
import { entriesOf, isInFile, quote, type Candidate, type RuleProblem } from './rule.js';

/** Keys that the unit's flags give too, words that are no flags, and pairs of keys that exclude each other (moby config.go). */
export function checkFlags(candidate: Candidate): RuleProblem[] {
  return [...conflicts(candidate), ...strays(candidate), ...pairs(candidate)];
}

function conflicts(candidate: Candidate): RuleProblem[] {
  const proxies = entriesOf(candidate.config.get('proxies'))
    .map(([name]) => name)
    .filter((name) => PROXY_FLAGS.includes(name));
  const found = flagConflicts(
    [...candidate.config.keys(), ...proxies],
    candidate.flags,
    candidate.engine,
  );
  return found.map(({ key, flag }): RuleProblem => ({
    code: 'flag-and-file',
    path: proxies.includes(key) ? ['proxies', key] : [key],
    message: `${key} stands in the file and in the unit's flags (${flag.written})`,
    hint:
      key === 'hosts'
        ? 'remove hosts from the file, or clear the flags with a drop-in: ExecStart= and ExecStart=/usr/bin/dockerd'
        : `remove ${key} from the file, or the flag from the unit`,
  }));
}

function strays(candidate: Candidate): RuleProblem[] {
  return candidate.flags.strays.map((word): RuleProblem => ({
    code: 'bad-flag',
    path: [],
    message: `${quote(word)} in the unit's command line is no flag of dockerd`,
    hint: 'correct the unit: systemctl cat docker.service',
  }));
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['host-gateway-ip', 'host-gateway-ips'],
  ['graph', 'data-root'],
];

function pairs(candidate: Candidate): RuleProblem[] {
  return PAIRS.filter((pair) => pair.every((key) => isInFile(candidate, key))).map(
    ([first, second]): RuleProblem => ({
      code: 'exclusive-keys',
      path: [first],
      message: `${first} and ${second} are two names for one setting`,
      hint: `remove ${first}`,
    }),
  );
}
