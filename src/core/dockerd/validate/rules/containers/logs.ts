import type { Json } from '../../../../formats/json/json-object.js';
import { isGoBoolean } from '../../../options/values/scalar.js';
import { isSize, parseSize } from '../../../options/values/size.js';
import { inRange } from '../../../options/keys/version.js';
import { nearest } from '../../../../text/suggest.js';
import {
  BUILT_IN_LOG_OPTIONS,
  LOG_DRIVERS,
  type ChosenDriver,
  type LogDriver,
} from './log-drivers.js';
import { unknownOption } from './unknown-log-option.js';
import { checkFirstContainer } from './log-container.js';
import { checkLogServices } from './log-services.js';
import { rootOf } from '../storage/storage-wants.js';
import {
  NO_CONTAINER,
  ENOUGH,
  firstGiven,
  objectOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Options are checked at start only, and a driver only when there are options (moby daemon/logs.go). */
export function checkLogs(candidate: DecodedConfig): RuleProblem[] {
  const name = textOf(candidate, 'log-driver') || 'json-file';
  const options = objectOf(candidate, 'log-opts');
  const names = Object.keys(options);
  const driver = driverNamed(candidate, name);
  if (driver === null) return [missingDriver(candidate, { name, checked: names.length > 0 })];
  if (name === 'none') return [];
  const taken = new Map<string, Json>();
  const unknown: string[] = [];
  for (const option of names)
    if (takesOption(candidate, driver, option)) taken.set(option, options[option] ?? null);
    else unknown.push(option);
  const refused = [
    ...unknown.slice(0, ENOUGH).map((option) => unknownOption(candidate, { name, driver }, option)),
    ...[...taken].flatMap((option) => checkValue(candidate, driver, option)),
    ...(names.length === 0 ? [] : checkWhole(candidate, { name, driver }, taken)),
  ];
  const texts = textsOf(taken);
  const later = checkFirstContainer(name, {
    driver,
    options: texts,
    refused,
    engine: candidate.engine,
  });
  const services =
    refused.length + later.length > 0
      ? []
      : checkLogServices({ name, options: texts, host: candidate.host });
  return [
    ...builds(candidate, { name, driver, checked: names.length > 0 }),
    ...refused,
    ...later,
    ...services,
  ];
}

const textsOf = (options: Options) =>
  new Map(
    [...options].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );

/** What the engine itself lists decides, for a package may leave drivers out; plugins add some. */
function driverNamed(candidate: DecodedConfig, name: string): LogDriver | null {
  const driver = LOG_DRIVERS.get(name);
  const { logDrivers } = candidate.host;
  if (name === 'none') return {};
  if (pluginsOf(candidate)?.includes(name) === true) return {};
  if (logDrivers !== undefined) return logDrivers.includes(name) ? (driver ?? {}) : null;
  return driver !== undefined && inRange(candidate.engine, driver.engines ?? '') ? driver : null;
}

/** null where nobody could look. */
function pluginsOf(candidate: DecodedConfig): readonly string[] | null {
  return candidate.host.logPlugins?.(rootOf(candidate)) ?? null;
}

function missingDriver(
  candidate: DecodedConfig,
  of: { readonly name: string; readonly checked: boolean },
): RuleProblem {
  // A misspelt one is within a letter or two of one that dockerd has.
  const meant = LOG_DRIVERS.has(of.name) ? undefined : nearest(of.name, LOG_DRIVERS.keys());
  const mayBePlugin = pluginsOf(candidate) === null && !LOG_DRIVERS.has(of.name);
  return {
    ...(mayBePlugin &&
      meant === undefined && { need: { needs: 'plugin', what: `${of.name}, for logging` } }),
    code: 'bad-log-driver',
    path: [firstGiven(candidate, ['log-driver', 'log-opts'])],
    message: of.checked
      ? `this engine has no logging driver ${quote(of.name)}`
      : `this engine has no logging driver ${quote(of.name)}${NO_CONTAINER}`,
    hint:
      meant === undefined
        ? 'write "json-file", "local" or "journald", or install and enable the plugin: `docker plugin ls` shows those'
        : `write ${quote(meant)}`,
    stops: of.checked ? 'start' : 'containers',
  };
}

/** Of a driver that packages leave out only the engine itself can say. */
function builds(
  candidate: DecodedConfig,
  of: { readonly name: string; readonly driver: LogDriver; readonly checked: boolean },
): RuleProblem[] {
  if (of.driver.optional !== true || candidate.host.logDrivers !== undefined) return [];
  const what = `the logging driver ${of.name}, which not every package of dockerd has`;
  return [{ ...missingDriver(candidate, of), need: { needs: 'plugin', what } }];
}

type Options = ReadonlyMap<string, Json>;

function takesOption({ engine }: DecodedConfig, { options }: LogDriver, option: string): boolean {
  if (BUILT_IN_LOG_OPTIONS.has(option) || options === undefined) return true;
  const known = options.get(option);
  return known !== undefined && inRange(engine, known.engines ?? '');
}

/** A value that the driver refuses at start. */
function checkValue(
  { engine }: DecodedConfig,
  { options }: LogDriver,
  [option, value]: readonly [string, Json],
): RuleProblem[] {
  const known = options?.get(option);
  if (known === undefined || typeof value !== 'string') return [];
  if (value !== '' && known.accepts?.(value, engine) === false) {
    return [
      {
        code: 'bad-log-option',
        path: ['log-opts', option],
        message: `dockerd refuses ${option} ${quote(value)}`,
        hint: `write ${known.expects ?? 'another value'}`,
      },
    ];
  }
  const bytes = option === 'max-size' ? (parseSize(value) ?? 0) : 0;
  return bytes > 0 && bytes < KIB ? [inBytes(value)] : [];
}

const KIB = 1024;

/** A number alone is one of bytes (docker/go-units, FromHumanSize). */
export function inBytes(size: string): RuleProblem {
  return {
    code: 'log-size-in-bytes',
    path: ['log-opts', 'max-size'],
    message: `max-size ${quote(size)} is ${parseSize(size) ?? 0} bytes: each line begins a new file, and the lines before are lost`,
    hint: `write ${JSON.stringify(`${size}m`)} for megabytes`,
  };
}

function checkWhole(candidate: DecodedConfig, of: ChosenDriver, options: Options): RuleProblem[] {
  const refused = (option: string, message: string): RuleProblem => ({
    code: 'bad-log-option',
    path: options.has(option) ? ['log-opts', option] : ['log-opts'],
    message,
    hint: `correct ${option}`,
  });
  const found: RuleProblem[] = [];
  const mode = options.get('mode') ?? '';
  const buffer = options.get('max-buffer-size');
  const cache = options.get('cache-disabled');
  if (typeof mode === 'string' && !['', 'blocking', 'non-blocking'].includes(mode)) {
    found.push(refused('mode', `the log mode ${quote(mode)} is neither blocking nor non-blocking`));
  }
  if (typeof buffer === 'string' && mode !== 'non-blocking') {
    found.push(refused('max-buffer-size', 'max-buffer-size needs "mode": "non-blocking"'));
  } else if (typeof buffer === 'string' && !isSize(buffer, candidate.engine)) {
    found.push(refused('max-buffer-size', `max-buffer-size ${quote(buffer)} is not a size`));
  }
  if (typeof cache === 'string' && cache !== '' && !isGoBoolean(cache)) {
    found.push(
      refused('cache-disabled', `cache-disabled ${quote(cache)} is neither true nor false`),
    );
  }
  if (of.driver.required !== undefined && !options.get(of.driver.required)) {
    const { required } = of.driver;
    found.push({
      code: 'bad-log-option',
      path: ['log-opts', required],
      message: `the logging driver ${of.name} needs ${required}`,
      hint: `add ${required} to log-opts`,
    });
  }
  return found;
}
