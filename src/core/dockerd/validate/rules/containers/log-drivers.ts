import { parseGoUrl } from '../../../options/values/url.js';
import { isSize } from '../../../options/values/size.js';
import { isDuration, isGoBoolean } from '../../../options/values/scalar.js';
import { inRange, type EngineVersion } from '../../../options/keys/version.js';

/** One option of a logging driver. The empty text is always accepted. */
export interface LogOption {
  /** Engines whose validator knows it; default: all. */
  readonly engines?: string;
  /** Checked when dockerd starts; for the hint, after `write `. */
  readonly expects?: string;
  accepts?(value: string, engine: EngineVersion): boolean;
}

export interface LogDriver {
  /** Engines that have the driver; default: all. */
  readonly engines?: string;
  /** Not every build has it: packages leave it out. */
  readonly optional?: boolean;
  /** Options that its validator knows; undefined where any passes. */
  readonly options?: ReadonlyMap<string, LogOption>;
  /** The option that its validator wants, where there are options at all. */
  readonly required?: string;
  /** What it does not start without; default: `required`. */
  readonly needed?: readonly string[];
}

/** A driver and the name by which it was chosen. */
export interface ChosenDriver {
  readonly name: string;
  readonly driver: LogDriver;
}

const ANY: LogOption = {};
const BOOLEAN: LogOption = { accepts: isGoBoolean, expects: '"true" or "false"' };
const DURATION: LogOption = { accepts: isDuration, expects: 'a duration such as "1s"' };
const COUNT: LogOption = { accepts: (value) => /^\+?\d+$/.test(value), expects: 'a number' };

const FACILITIES =
  /^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7]|\+?(?:1?\d|2[0-3]))$/;

const named = (prefix: string, options: Readonly<Record<string, LogOption>>) =>
  Object.entries(options).map(([name, option]): [string, LogOption] => [
    `${prefix}${name}`,
    option,
  ]);

const plain = (...names: readonly string[]) =>
  names.map((name): [string, LogOption] => [name, ANY]);

const FILE = plain('max-file', 'max-size', 'compress');
const COMMON = plain('labels', 'labels-regex', 'env', 'env-regex');
const TAGGED = [...COMMON, ...plain('tag')];

/** Every driver takes these (moby daemon/logger/factory.go, log_cache_opts.go). */
export const BUILT_IN_LOG_OPTIONS: ReadonlySet<string> = new Set([
  'mode',
  'max-buffer-size',
  ...named('cache-', { disabled: ANY }).map(([name]) => name),
  ...FILE.map(([name]) => `cache-${name}`),
]);

/** Drivers and what their validators pass (moby daemon/logger, ValidateLogOpt of each). */
export const LOG_DRIVERS: ReadonlyMap<string, LogDriver> = new Map<string, LogDriver>([
  ['none', {}],
  ['json-file', { options: new Map([...FILE, ...TAGGED]) }],
  ['local', { options: new Map(FILE) }],
  ['journald', { options: new Map(TAGGED) }],
  [
    'syslog',
    {
      options: new Map([
        ...TAGGED,
        ...named('syslog-', {
          address: { accepts: isSyslogAddress, expects: 'an address such as "udp://10.0.0.1:514"' },
          facility: {
            accepts: (value) => FACILITIES.test(value),
            expects: 'a facility such as "daemon"',
          },
          format: {
            accepts: (value) => ['rfc3164', 'rfc5424', 'rfc5424micro'].includes(value),
            expects: '"rfc3164", "rfc5424" or "rfc5424micro"',
          },
          'tls-ca-cert': ANY,
          'tls-cert': ANY,
          'tls-key': ANY,
          'tls-skip-verify': ANY,
        }),
      ]),
    },
  ],
  [
    'gelf',
    {
      options: new Map([
        ...TAGGED,
        ...named('gelf-', {
          address: { accepts: isGelfAddress, expects: 'an address such as "udp://10.0.0.1:12201"' },
          'compression-level': {
            accepts: (value) => /^(?:-1|\+?\d)$/.test(value),
            expects: 'a number from -1 to 9',
          },
          'compression-type': {
            accepts: (value) => ['gzip', 'zlib', 'none'].includes(value),
            expects: '"gzip", "zlib" or "none"',
          },
          'tcp-max-reconnect': COUNT,
          'tcp-reconnect-delay': COUNT,
        }),
      ]),
      required: 'gelf-address',
    },
  ],
  [
    'fluentd',
    {
      options: new Map([
        ...TAGGED,
        ...named('fluentd-', {
          address: { accepts: isFluentdAddress, expects: 'an address such as "10.0.0.1:24224"' },
          async: BOOLEAN,
          'async-connect': { ...BOOLEAN, engines: '..27' },
          'async-reconnect-interval': { ...DURATION, engines: '23..' },
          'buffer-limit': { accepts: isSize, expects: 'a size such as "1m"' },
          'max-retries': COUNT,
          'request-ack': BOOLEAN,
          'retry-wait': DURATION,
          'sub-second-precision': BOOLEAN,
          'write-timeout': { ...DURATION, engines: '28.1..' },
        }),
      ]),
    },
  ],
  [
    'splunk',
    {
      options: new Map([
        ...TAGGED,
        ...plain(
          'splunk-url',
          'splunk-token',
          'splunk-source',
          'splunk-sourcetype',
          'splunk-index',
          'splunk-capath',
          'splunk-caname',
          'splunk-insecureskipverify',
          'splunk-format',
          'splunk-verify-connection',
          'splunk-gzip',
          'splunk-gzip-level',
          'splunk-index-acknowledgment',
        ),
      ]),
      needed: ['splunk-url', 'splunk-token'],
    },
  ],
  [
    'awslogs',
    {
      options: new Map([
        ...plain('tag'),
        ...named('awslogs-', {
          group: ANY,
          stream: ANY,
          'create-group': BOOLEAN,
          region: ANY,
          endpoint: ANY,
          'datetime-format': ANY,
          'multiline-pattern': ANY,
          'credentials-endpoint': ANY,
          'force-flush-interval-seconds': COUNT,
          'max-buffered-events': COUNT,
          format: {
            accepts: (value) => value === 'json/emf',
            expects: '"json/emf"',
            engines: '23..',
          },
        }),
      ]),
      required: 'awslogs-group',
    },
  ],
  [
    'gcplogs',
    {
      optional: true,
      options: new Map([
        ...COMMON,
        ...plain('gcp-project', 'gcp-log-cmd', 'gcp-meta-zone', 'gcp-meta-name', 'gcp-meta-id'),
      ]),
    },
  ],
  ['logentries', { engines: '..24', optional: true, required: 'logentries-token' }],
]);

/** Options whose name says that they are of a log: not `labels`, `env`, `tag` and `mode`. */
const OF_LOGS: ReadonlySet<string> = new Set(
  [
    ...BUILT_IN_LOG_OPTIONS,
    ...[...LOG_DRIVERS.values()].flatMap(({ options }) => [...(options?.keys() ?? [])]),
  ].filter((name) => name.includes('-')),
);

/** An option that a logging driver of any engine takes. */
export function isLogOption(name: string): boolean {
  return OF_LOGS.has(name);
}

/** Until 20.10 `://` was required, and small letters (moby pkg/urlutil, IsTransportURL); since then `udp:x` passes (moby daemon/logger/syslog, parseAddress). */
function isSyslogAddress(value: string, engine: EngineVersion): boolean {
  if (inRange(engine, '..20') && /^[^:]*[A-Z]/.test(value)) return false;
  const bare = inRange(engine, '23..')
    ? /^([a-z][a-z0-9+.-]*):(?!\/\/)/i.exec(value)?.[1]
    : undefined;
  const scheme = bare?.toLowerCase() ?? parseGoUrl(value)?.scheme ?? '';
  return ['udp', 'tcp', 'tcp+tls', 'unix', 'unixgram'].includes(scheme);
}

function isGelfAddress(value: string): boolean {
  const url = parseGoUrl(value);
  return (url?.scheme === 'udp' || url?.scheme === 'tcp') && /:\d*$/.test(url.host);
}

/** 20.10 looks at no more than that the port is a number. */
function isFluentdAddress(value: string, engine: EngineVersion): boolean {
  const url = parseGoUrl(value.includes('://') ? value : `tcp://${value}`);
  if (url?.scheme === 'unix') return /[^/]/.test(url.path);
  const port = Number(/:(\d*)$/.exec(url?.host ?? '')?.[1] ?? 0);
  return (
    (url?.scheme === 'tcp' || url?.scheme === 'tls') &&
    url.path === '' &&
    (port <= 65535 || inRange(engine, '..20'))
  );
}
