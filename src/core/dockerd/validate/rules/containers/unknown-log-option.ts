import {
  enginesIn,
  formatVersion,
  inRange,
  type EngineVersion,
} from '../../../options/keys/version.js';
import { nearest } from '../../../../text/suggest.js';
import { letters, renameMember } from '../name-fixes.js';
import {
  BUILT_IN_LOG_OPTIONS,
  LOG_DRIVERS,
  type ChosenDriver,
  type LogDriver,
} from './log-drivers.js';
import { quote, type DecodedConfig, type RuleProblem } from '../rule.js';

/** An option that the chosen driver does not take: it belongs to another, to another engine, or it is misspelt. */
export function unknownOption(
  candidate: DecodedConfig,
  of: ChosenDriver,
  option: string,
): RuleProblem {
  const { engine } = candidate;
  const has = namesOf(of.driver, engine);
  const known = of.driver.options?.get(option);
  const owner = known === undefined ? OWNERS.get(option) : undefined;
  const meant = known === undefined ? nearest(option, has) : LATER_NAMES.get(option);
  const to = meant !== undefined && has.includes(meant) ? meant : undefined;
  const said = known === undefined ? '' : ` of dockerd ${formatVersion(engine)}`;
  const engines = known === undefined ? '' : ` (${enginesIn(known.engines ?? '')})`;
  return {
    code: 'bad-log-option',
    path: ['log-opts', option],
    message: `the logging driver ${of.name}${said} does not know ${quote(option)}${
      owner === undefined ? engines : ` (it belongs to ${owner})`
    }`,
    hint: to === undefined ? `remove ${quote(option)}` : `write ${to}`,
    ...fixOf(candidate, option, to),
  };
}

/** Where it is the same name in another spelling, and not there yet. */
function fixOf(
  candidate: DecodedConfig,
  option: string,
  to: string | undefined,
): Pick<RuleProblem, 'fix'> {
  const isSame = to !== undefined && (letters(to) === letters(option) || LATER_NAMES.has(option));
  return isSame ? renameMember(candidate, ['log-opts', option], to) : {};
}

function namesOf({ options }: LogDriver, engine: EngineVersion): readonly string[] {
  const own = [...(options ?? [])].filter(([, one]) => inRange(engine, one.engines ?? ''));
  return [...own.map(([name]) => name), ...BUILT_IN_LOG_OPTIONS];
}

/** Options under the name that took their place (moby daemon/logger/fluentd). */
const LATER_NAMES: ReadonlyMap<string, string> = new Map([
  ['fluentd-async-connect', 'fluentd-async'],
]);

/** Options that one driver alone has. */
const OWNERS: ReadonlyMap<string, string> = new Map(
  [...LOG_DRIVERS].flatMap(([driver, { options }]) =>
    [...(options?.keys() ?? [])]
      .filter(isSingular)
      .map((option): [string, string] => [option, driver]),
  ),
);

function isSingular(option: string): boolean {
  return [...LOG_DRIVERS.values()].filter(({ options }) => options?.has(option)).length === 1;
}
