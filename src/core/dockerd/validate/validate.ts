import { sortFindings, type Finding } from '../../plan/finding.js';
import type { Json } from '../../formats/json/json-object.js';
import type { Member } from '../../formats/json/syntax/node.js';
import { configSet, pushedBooleans } from '../options/config-set.js';
import type { ConfigFix } from './config-edit.js';
import { flagConfig } from '../options/flag-config.js';
import { parseFlags } from '../options/flags.js';
import { withSafeFixes, renamed } from './safe-renames.js';
import type { HostFacts } from './host-facts.js';
import {
  errorsFirst,
  needsOf,
  type UnplacedFinding,
  ofReading,
  ofReloadAlone,
  ofRule,
  stops,
  withoutEchoes,
} from './classify.js';
import { linesOf } from './lines.js';
import type { MachineNeed } from './need.js';
import { placesIn } from '../../formats/json/places.js';
import { decodedConfig } from '../config/decode.js';
import { readConfig } from '../config/read.js';
import { checkAddressLists } from './rules/network/addresses.js';
import { checkBridge } from './rules/network/bridge.js';
import { checkBuilder } from './rules/builder.js';
import { checkCluster } from './rules/cluster.js';
import { checkContainers } from './rules/containers/containers.js';
import { ofFlagValues } from './rules/flag-problems.js';
import { checkFlags } from './rules/rule-flags.js';
import { checkFeatures } from './rules/members/features.js';
import { checkMembers } from './rules/members/members.js';
import { checkNetworkOptions } from './rules/members/network-options.js';
import { checkRepeated } from './rules/members/repeated.js';
import { checkEffects } from './rules/effects.js';
import { checkProxies } from './rules/proxies.js';
import { checkEngine29 } from './rules/engine-29.js';
import { checkListeners } from './rules/listeners.js';
import { checkLogs } from './rules/containers/logs.js';
import { checkNames } from './rules/names.js';
import { checkNetwork } from './rules/network/network.js';
import { checkProcess } from './rules/process.js';
import { checkRegistries } from './rules/registries.js';
import {
  enoughOf,
  quote,
  type DecodedConfig,
  type Rule,
  type RuleProblem,
  type SourceOf,
} from './rules/rule.js';
import { checkRuntimeKeys } from './rules/containers/runtimes.js';
import { checkStorage } from './rules/storage/storage.js';
import { checkTypes } from './rules/values/types.js';
import { checkValues } from './rules/values/values.js';
import type { EngineVersion } from '../options/keys/version.js';

export interface ValidationInput {
  readonly bytes: Uint8Array;
  /** For the findings; nothing is read. */
  readonly path?: string;
  readonly engine: EngineVersion;
  /** dockerd's command line at its next start, the program first; empty for none. */
  readonly argv: readonly string[];
  /** That of the process which a reload would ask, where it is another. */
  readonly running?: readonly string[];
  readonly sourceOf?: SourceOf;
  readonly host?: HostFacts;
}

export interface ConfigVerdict {
  /** This dockerd would start with the file. */
  readonly starts: boolean;
  /** A running one would take it on SIGHUP. */
  readonly reloads: boolean;
  /** A container can start. */
  readonly containers: boolean;
  /** What the machine must have for that, as far as nobody could look; empty where dockerd does not start anyway. */
  readonly needs: readonly MachineNeed[];
  /** Errors first, then in the order of the file. An error is what a start fails with, or every container. */
  readonly findings: readonly Finding[];
  /** What fixes a finding, where that is mechanical. */
  readonly fixes: ReadonlyMap<Finding, ConfigFix>;
}

const RULES: readonly Rule[] = [
  checkNames,
  checkFlags,
  checkTypes,
  checkValues,
  checkRegistries,
  checkListeners,
  checkProcess,
  checkCluster,
  checkRuntimeKeys,
  checkContainers,
  checkNetwork,
  checkBridge,
  checkAddressLists,
  checkStorage,
  checkLogs,
  checkBuilder,
  checkMembers,
  checkRepeated,
  checkFeatures,
  checkNetworkOptions,
  checkEngine29,
  checkEffects,
  checkProxies,
];

/** A file with more is beyond repair by list. */
const MOST_FINDINGS = 100;

/** What this dockerd would make of the file: would it start, would it reload, and does each key do what its author meant? */
export function validateConfig(input: ValidationInput): ConfigVerdict {
  const { bytes, engine, argv, running, sourceOf, host = {}, path } = input;
  const read = readConfig(bytes, engine);
  const placeOf = linesOf(read.text);
  const { pairs, back = (offset: number) => offset } = read;
  const flags = parseFlags(argv);
  const candidateOf = (members: DecodedConfig['members']): DecodedConfig => {
    const last = new Map(members);
    const set = configSet(last, engine);
    const config = joined(new Map(pushedBooleans(set)), decodedConfig(members));
    return { config, set, last, members, engine, flags, sourceOf, host };
  };
  const candidate = candidateOf(pairs);
  const file = path === undefined ? {} : { path };
  const ofText = [...read.problems.map(ofReading), ...duplicates(read.members).map(ofRule)];
  const judgedBy = (one: DecodedConfig): UnplacedFinding[] => judgeAll(one).map(ofRule);
  const atStart = [...ofText, ...judgedBy(candidate)];
  const atReload =
    running === undefined
      ? atStart
      : [...ofText, ...judgedBy({ ...candidate, flags: parseFlags(running) })];
  const judged = [...atStart, ...ofReloadAlone(atReload, atStart)];
  const isKnown = ({ need }: UnplacedFinding) => need === undefined;
  const foremost = errorsFirst(withoutEchoes(judged.filter(isKnown))).slice(0, MOST_FINDINGS);
  const starts = !atStart.some((one) => stops(one, 'start'));
  const reloads = !atReload.some((one) => stops(one, 'reload'));
  const containers = starts && !atStart.some((one) => stops(one, 'containers'));
  const needed = starts
    ? needsOf(judged)
        .filter(({ about }) => containers || about.stops !== 'containers')
        .slice(0, MOST_FINDINGS)
    : [];
  const wanted = [...foremost, ...needed].flatMap(({ place }) =>
    typeof place === 'number' ? [] : [place],
  );
  const offsetOf = read.source === null ? () => 0 : placesIn(read.source, wanted);
  const placeOfJudged = ({ place, elsewhere }: UnplacedFinding) =>
    elsewhere === undefined
      ? { ...file, ...placeOf(typeof place === 'number' ? place : back(offsetOf(place))) }
      : { path: elsewhere };
  const shown = foremost.map((one) => ({
    fix: one.fix,
    finding: { ...one.finding, ...placeOfJudged(one) },
  }));
  const fixes = new Map(
    shown.flatMap(({ finding, fix }) => (fix === undefined ? [] : [[finding, fix] as const])),
  );
  const worsens = (then: readonly UnplacedFinding[]): boolean =>
    (['start', 'reload', 'containers'] as const).some(
      (what) => then.some((one) => stops(one, what)) && !atStart.some((one) => stops(one, what)),
    );
  return {
    starts,
    reloads,
    containers,
    needs: needed.map((one) => ({ ...one.about, ...placeOfJudged(one) })),
    findings: sortFindings(shown.map(({ finding }) => finding)),
    fixes: withSafeFixes(
      fixes,
      (renames) => !worsens(judgedBy(candidateOf(renamed(pairs, renames)))),
    ),
  };
}

/** The file and the flags together, as dockerd joins them: a value of either goes through the same rules. */
function judgeAll(file: DecodedConfig): RuleProblem[] {
  const given = flagConfig(file.flags, file.engine);
  const alone = [...given.config].filter(([name]) => !file.config.has(name) && !file.set.has(name));
  const ofFlags = new Set(alone.map(([name]) => name));
  const both = { ...file, ofFlags, config: joined(new Map(alone), file.config) };
  const problems = RULES.flatMap((rule) => enoughOf(rule(both)));
  const isOfFlag = ({ path: [name] }: RuleProblem) => typeof name === 'string' && ofFlags.has(name);
  const ofValues = ofFlagValues(problems.filter(isOfFlag), { candidate: file, given });
  const isSaid = ({ code, subject }: RuleProblem) =>
    ofValues.some((one) => one.code === code && one.subject === subject && subject !== undefined);
  return [...problems.filter((problem) => !isOfFlag(problem) && !isSaid(problem)), ...ofValues];
}

type Config = DecodedConfig['config'];

/** The others first, and of a name in both the value of the file. */
function joined(others: Map<string, Json>, file: Config): Config {
  if (others.size === 0) return file;
  file.forEach((value, name) => others.set(name, value));
  return others;
}

function duplicates(members: readonly Member[]): RuleProblem[] {
  const paths: (readonly string[])[] = [];
  collectDuplicates(members, { within: [], paths });
  return paths.map((path): RuleProblem => ({
    code: 'duplicate-key',
    path,
    message: `${quote(path.at(-1) ?? '')} stands twice: dockerd takes the last, and merges objects`,
    hint: 'join the two into one',
  }));
}

function collectDuplicates(
  members: readonly Member[],
  into: { readonly within: readonly string[]; readonly paths: (readonly string[])[] },
): void {
  const seen = new Set<string>();
  for (const { key, value } of members) {
    if (into.paths.length >= MOST_FINDINGS) return;
    if (seen.has(key)) into.paths.push([...into.within, key]);
    seen.add(key);
    if (value.kind === 'object')
      collectDuplicates(value.members, { ...into, within: [...into.within, key] });
  }
}
