import type { Json } from '../../formats/json/json-object.js';
import { configSet, pushedBooleans } from '../options/config-set.js';
import { flagConfig } from '../options/flag-config.js';
import { decodedConfig } from '../config/decode.js';
import { checkAddressLists } from './rules/network/addresses.js';
import { checkPools } from './rules/network/pools.js';
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
import { checkRuntimeKeys } from './rules/containers/runtimes.js';
import { checkStorage } from './rules/storage/storage.js';
import { checkTypes } from './rules/values/types.js';
import { checkValues } from './rules/values/values.js';
import { enoughOf, type DecodedConfig, type Rule, type RuleProblem } from './rules/rule.js';

/** What a configuration is judged beside. */
export type Surroundings = Pick<DecodedConfig, 'engine' | 'flags' | 'sourceOf' | 'host'>;

/** Members of the root, as the engine's decoder and its own checks see them. */
export function decodedFrom(
  members: DecodedConfig['members'],
  surroundings: Surroundings,
): DecodedConfig {
  const last = new Map(members);
  const set = configSet(last, surroundings.engine);
  const file = decodedConfig(members, surroundings.engine, last);
  const config = joined(new Map(pushedBooleans(set)), file);
  return { ...surroundings, config, set, last, members };
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
  checkPools,
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

/** The file and the flags together, as dockerd joins them: a value of either goes through the same rules. */
export function checkConfig(file: DecodedConfig): RuleProblem[] {
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
