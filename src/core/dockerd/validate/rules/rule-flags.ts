import type { Json } from '../../../formats/json/json-object.js';
import { flagConfig, type UnreadFlag } from '../../options/flag-config.js';
import { hasFlag } from '../../options/flag-table.js';
import { flagConflicts, type FlagUse } from '../../options/flags.js';
import { formatVersion } from '../../options/keys/version.js';
import { flagProblem, swallowing } from './flag-problems.js';
import { quote, textOf, type DecodedConfig, type RuleProblem } from './rule.js';

/** Keys that the unit's flags give too, words that are no flags of this engine, texts that no flag takes, and pairs of keys that exclude each other (moby config.go). */
export function checkFlags(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...conflicts(candidate),
    ...strays(candidate),
    ...strangers(candidate),
    ...unread(candidate),
    ...pairs(candidate),
  ];
}

function conflicts(candidate: DecodedConfig): RuleProblem[] {
  const { flags, engine, set, sourceOf } = candidate;
  return flagConflicts(set.keys(), flags, engine).map(({ key, flag }): RuleProblem => ({
    code: 'flag-and-file',
    path: set.get(key)?.path ?? [key],
    message: `${key} stands in the file and in dockerd's flags (${flag.written})`,
    hint:
      key === 'hosts'
        ? 'remove hosts from the file, or give docker.service a drop-in whose ExecStart has no -H'
        : `remove ${key} from the file, or the flag from ${sourceOf?.(flag.written) ?? 'the unit'}`,
    ...(saysNothing(set.get(key)?.value, flag.values) && {
      fix: { remove: set.get(key)?.path ?? [key] },
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

function strays({ flags, sourceOf }: DecodedConfig): RuleProblem[] {
  return flags.strays.map((word): RuleProblem => {
    const elsewhere = sourceOf?.(word);
    return {
      code: 'bad-flag',
      path: [],
      message: `${quote(word)} in dockerd's command line is no flag of dockerd`,
      hint: `correct it in ${elsewhere ?? 'the unit: `systemctl cat docker.service`'}`,
      elsewhere,
    };
  });
}

/** What took the place of flags that are gone. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['graph', 'write --data-root'],
  ['oom-score-adjust', 'remove it and set OOMScoreAdjust='],
]);

function strangers(candidate: DecodedConfig): RuleProblem[] {
  const { flags, engine } = candidate;
  return [...flags.flags.values()]
    .filter(({ name }) => !hasFlag(engine, name))
    .flatMap(({ name, uses }) =>
      uses.slice(0, 1).map((use) =>
        flagProblem(use, candidate, {
          code: 'flag-of-other-engine',
          message: `dockerd ${formatVersion(engine)} has no flag ${use.as}`,
          hint: INSTEAD.get(name) ?? `remove ${use.as}`,
        }),
      ),
    );
}

/** Flags without their value, and with one that is not of their type. */
function unread(candidate: DecodedConfig): RuleProblem[] {
  const { flags, engine } = candidate;
  const refused = flagConfig(flags, engine).unread;
  const swallowers = [...flags.flags.values()]
    .flatMap(({ uses }) => uses)
    .filter(({ swallows }) => swallows !== undefined);
  return [
    ...flags.valueless.map((use) =>
      flagProblem(use, candidate, {
        code: 'bad-flag-value',
        message: `${use.as} has no value, and needs one`,
        hint: `give ${use.as} a value, or remove it`,
      }),
    ),
    ...swallowers.map((use) =>
      swallowing(use, candidate, stopsStart(use, refused) ? 'start' : 'nothing'),
    ),
    ...refused
      .filter(({ use }) => use.swallows === undefined)
      .map(({ use, expects, example }) =>
        flagProblem(use, candidate, {
          code: 'bad-flag-value',
          message: `dockerd refuses ${use.as} ${quote(use.value)}: it takes ${expects}`,
          hint: `write ${example === undefined ? expects : `${use.as} ${example}`}`,
        }),
      ),
  ];
}

function stopsStart(use: FlagUse, refused: readonly UnreadFlag[]): boolean {
  return use.swallows?.orphan !== null || refused.some((one) => one.use === use);
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['host-gateway-ip', 'host-gateway-ips'],
  ['graph', 'data-root'],
];

/** The first pair is looked at by name alone, the other only where both say something. */
function pairs(candidate: DecodedConfig): RuleProblem[] {
  return PAIRS.filter((pair) => pair.every((key) => candidate.config.has(key)))
    .filter((pair) => pair[0] !== 'graph' || pair.every((key) => textOf(candidate, key) !== ''))
    .map(([first, second]): RuleProblem => ({
      code: 'exclusive-keys',
      path: [first],
      message: `${first} and ${second} are two names for one setting`,
      hint: `remove ${first}`,
    }));
}
