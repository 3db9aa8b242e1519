import { isGoBoolean } from '../../../options/values/scalar.js';
import { parseSize } from '../../../options/values/size.js';
import type { EngineRange, EngineVersion } from '../../../options/keys/version.js';
import { inRange } from '../../../options/keys/version.js';
import { goRegexpFault } from '../../../options/values/go-regexp.js';
import type { LogDriver } from './log-drivers.js';
import { NO_CONTAINER, quote, type RuleProblem } from '../rule.js';

interface DriverOptions {
  readonly driver: LogDriver;
  /** log-opts, as far as they are texts. */
  readonly options: ReadonlyMap<string, string>;
  /** What dockerd refuses already when it starts. */
  readonly refused: readonly RuleProblem[];
  readonly engine: EngineVersion;
}

/**
 * What a logging driver looks at only when it starts with a container: dockerd starts, and no container does
 * (moby daemon/logger: New of each driver; loggerutils/log_tag.go).
 */
export function checkFirstContainer(name: string, of: DriverOptions): RuleProblem[] {
  const known = new Set(of.refused.map(({ path }) => path.at(-1)));
  return [
    ...checkNeeds(name, of),
    ...[...of.options].flatMap((option) => checkLater(name, option, of.engine)),
    ...checkRotation(name, of.options),
  ].filter(({ path }) => !known.has(path.at(-1)));
}

function checkNeeds(name: string, { driver, options }: DriverOptions): RuleProblem[] {
  const { required, needed = required === undefined ? [] : [required] } = driver;
  return needed
    .filter((option) => (options.get(option) ?? '') === '')
    .map((option) => ({
      code: 'bad-log-option',
      path: ['log-opts', option],
      message: `the logging driver ${name} needs ${option}${NO_CONTAINER}`,
      hint: `add ${option} to log-opts`,
      stops: 'containers',
    }));
}

interface Later {
  readonly expects: string;
  /** Engines on which no container starts; on others some do. Default: all. */
  readonly engines?: EngineRange;
  /** Whose containers fail on the others. */
  readonly of?: string;
  accepts(text: string): boolean;
}

const COUNT: Later = {
  expects: 'a number such as "3"',
  accepts: (text) => /^[1-9]\d*$/.test(text),
};

const BOOLEAN: Later = { expects: '"true" or "false"', accepts: isGoBoolean };

/** Fields and methods of moby daemon/logger/loginfo.go, Info. */
const TAG_FIELDS: ReadonlySet<string> = new Set(
  `Config ContainerID ContainerName ContainerEntrypoint ContainerArgs ContainerImageID ContainerImageName
  ContainerCreated ContainerEnv ContainerLabels LogPath DaemonName ExtraAttributes Hostname Command ID FullID Name
  ImageID ImageFullID ImageName`.split(/\s+/),
);

const TAG: Later = {
  expects: 'a template such as "{{.Name}}/{{.ID}}"',
  accepts: (text) =>
    text.split('{{').length === text.split('}}').length &&
    [...text.matchAll(/\{\{-?\s*\.(\w+)\s*-?\}\}/g)].every(([, field = '']) =>
      TAG_FIELDS.has(field),
    ),
};

const REGEXP: Later = {
  expects: 'a regular expression of Go (RE2): it knows no (?=…) and no (?<!…)',
  accepts: (text) => goRegexpFault(text) === null,
};

/** Since 28 it is compiled for a container that has variables (moby daemon/logger/loginfo.go, ExtraAttributes). */
const ENV_REGEXP: Later = {
  ...REGEXP,
  engines: '..27',
  of: 'that has a variable in its environment, as most images have',
};

/** Of every driver that takes them but syslog, which does not read them. */
const OF_MOST: ReadonlyMap<string, Later> = new Map([
  ['tag', TAG],
  ['labels-regex', REGEXP],
  ['env-regex', ENV_REGEXP],
]);

/** By driver; what it does not read is in no list. */
const LATER: ReadonlyMap<string, ReadonlyMap<string, Later>> = new Map([
  [
    'json-file',
    new Map([
      [
        'max-size',
        {
          expects: 'a size such as "10m", or remove it for no limit',
          accepts: (text: string) => (parseSize(text) ?? 0) > 0,
        },
      ],
      ['max-file', COUNT],
      ['compress', BOOLEAN],
    ]),
  ],
  [
    'local',
    new Map([
      [
        'max-size',
        {
          expects: 'a size such as "10m"',
          accepts: (text: string) => parseSize(text) !== null,
        },
      ],
      ['max-file', { ...COUNT, accepts: (text: string) => /^\d+$/.test(text) }],
      ['compress', BOOLEAN],
    ]),
  ],
  ['awslogs', new Map([['awslogs-multiline-pattern', REGEXP]])],
]);

function checkLater(
  driver: string,
  [option, value]: readonly [string, string],
  engine: EngineVersion,
): RuleProblem[] {
  const unread = driver === 'syslog' && option !== 'tag';
  const later = LATER.get(driver)?.get(option) ?? (unread ? undefined : OF_MOST.get(option));
  if (later === undefined || later.accepts(value)) return [];
  const { expects, engines = '', of = '' } = later;
  if (!inRange(engine, engines))
    return [
      {
        code: 'bad-log-option',
        path: ['log-opts', option],
        message: `dockerd starts with ${option} ${quote(value)}, but no container ${of}`,
        hint: `write ${expects}`,
        stops: 'nothing',
      },
    ];
  return [
    {
      code: 'bad-log-option',
      path: ['log-opts', option],
      message: `dockerd starts with ${option} ${quote(value)}, but no container does`,
      hint: `write ${expects}`,
      stops: 'containers',
    },
  ];
}

/** Only files that are rotated out can be compressed; json-file compresses when told to, local unless told not to. */
function checkRotation(name: string, options: ReadonlyMap<string, string>): RuleProblem[] {
  const files = Number(options.get('max-file') ?? (name === 'local' ? '5' : '1'));
  const isTrue = /^(?:1|t|true)$/i.test(
    options.get('compress') ?? (name === 'local' ? 'true' : ''),
  );
  const unlimited = name === 'json-file' && !options.has('max-size');
  if (!['local', 'json-file'].includes(name) || !isTrue || (files > 1 && !unlimited)) return [];
  return [
    {
      code: 'bad-log-option',
      path: ['log-opts', options.has('compress') ? 'compress' : 'max-file'],
      message: `the logging driver ${name} compresses only with max-file of 2 or more${unlimited ? ' and a max-size' : ''}${NO_CONTAINER}`,
      hint:
        name === 'local'
          ? 'write "compress": "false" too, or a larger max-file'
          : 'add "max-size": "10m" and "max-file": "3", or remove compress',
      stops: 'containers',
    },
  ];
}
