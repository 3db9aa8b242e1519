import { entriesOf, type Json } from '../../../../formats/json/json-object.js';
import { nearest } from '../../../../text/suggest.js';
import { NETWORK_OPTIONS, type NetworkOption } from '../../../options/members.js';
import {
  enginesIn,
  formatVersion,
  inRange,
  type EngineVersion,
} from '../../../options/keys/version.js';
import { isGoBoolean } from '../../../options/values/scalar.js';
import { membersOf, problemsOf, quote, type DecodedConfig, type RuleProblem } from '../rule.js';

const KEY = 'default-network-opts';

/** What new networks get, by driver; the bridge that dockerd makes itself gets nothing of it. */
export function checkNetworkOptions(candidate: DecodedConfig): RuleProblem[] {
  if (inRange(candidate.engine, '..23')) return [];
  return problemsOf(membersOf(candidate, KEY), ([driver, options]) => {
    const known = NETWORK_OPTIONS.get(driver);
    if (known === undefined) return checkDriver(driver);
    const of = { driver, known, engine: candidate.engine };
    return problemsOf(entriesOf(options), (option) => checkOption(option, of));
  });
}

const DRIVERS = [...NETWORK_OPTIONS.keys()];

/** Bridges that dockerd makes itself, named where their driver is meant. */
const OWN_BRIDGES = ['docker0', 'docker_gwbridge'];

/** Networks without options, and what no driver is named. A plugin may have any other name. */
function checkDriver(driver: string): RuleProblem[] {
  const meant = DRIVERS.includes(driver.toLowerCase())
    ? driver.toLowerCase()
    : driver.startsWith('com.docker.network.')
      ? undefined
      : OWN_BRIDGES.includes(driver)
        ? 'bridge'
        : nearest(driver, DRIVERS);
  const isOption = driver.startsWith('com.docker.network.');
  if (meant === undefined && !isOption && !['host', 'null', 'none'].includes(driver)) return [];
  return [
    {
      code: 'unknown-member',
      path: [KEY, driver],
      message: isOption
        ? `dockerd takes ${quote(driver)} inside ${KEY} for a network driver: no network gets it`
        : `no network driver is called ${quote(driver)}, or it has no options: no network gets them`,
      hint:
        meant === undefined
          ? isOption
            ? `write {"bridge": {${quote(driver)}: …}}`
            : `remove ${quote(driver)}`
          : `write ${meant}`,
    },
  ];
}

interface Driver {
  readonly driver: string;
  readonly known: readonly NetworkOption[];
  readonly engine: EngineVersion;
}

function checkOption([name, value]: readonly [string, Json], of: Driver): RuleProblem[] {
  const { driver, known, engine } = of;
  const option = known.find((one) => one.name === name);
  const path = [KEY, driver, name];
  if (option === undefined || !inRange(engine, option.engines ?? '')) {
    const has = known.filter((one) => inRange(engine, one.engines ?? ''));
    const meant = insteadOf(
      name,
      has.map((one) => one.name),
    );
    const since = option === undefined ? '' : ` of dockerd ${formatVersion(engine)}`;
    return [
      {
        code: 'unknown-member',
        path,
        message: `the network driver ${driver}${since} does not know ${quote(name)}${
          option === undefined ? '' : ` (${enginesIn(option.engines ?? '')})`
        }: networks are made without it`,
        hint: meant === undefined ? `remove ${quote(name)}` : `write ${meant}`,
      },
    ];
  }
  if (typeof value !== 'string' || accepts(option, value)) return [];
  return [
    {
      code: 'bad-network',
      path,
      message: `${name} ${quote(value)} is no ${option.takes}: no network of the driver ${driver} can be made`,
      hint:
        option.takes === 'boolean' ? 'write "true" or "false"' : 'write a whole number, as text',
      stops: 'nothing',
    },
  ];
}

function accepts({ takes }: NetworkOption, value: string): boolean {
  if (takes === 'boolean') return isGoBoolean(value);
  return takes === 'text' || /^[+-]?\d+$/.test(value);
}

/** By the last word of its name, which many write alone or below another: `mtu` is com.docker.network.driver.mtu. */
function insteadOf(name: string, known: readonly string[]): string | undefined {
  const last = (text: string) => text.split('.').at(-1) ?? '';
  return known.find((one) => last(one) === last(name)) ?? nearest(name, known) ?? nearestLast(name);

  function nearestLast(word: string): string | undefined {
    const meant = nearest(last(word), known.map(last));
    return known.find((one) => last(one) === meant);
  }
}
