import type { HostFacts } from '../../host-facts.js';
import { splitHostPort } from '../../../options/values/address.js';
import { parseGoUrl } from '../../../options/values/url.js';
import { NO_CONTAINER, type RuleProblem } from '../rule.js';

interface ServiceOptions {
  readonly name: string;
  /** log-opts, as far as they are texts. */
  readonly options: ReadonlyMap<string, string>;
  readonly host: HostFacts;
}

/** Somebody who must answer, and at which option that is said. */
interface Service {
  readonly option: string;
  /** For the need: `a fluentd that answers at 127.0.0.1:24224`. */
  readonly what: string;
  /** The address that is dialled; undefined where that is not one. */
  readonly address?: string;
}

/**
 * Drivers that connect before the container starts, so that none starts where nobody answers (moby daemon/logger, New of
 * each). Of other machines nothing can be known from here; of this one's own ports what listens is.
 */
export function checkLogServices({ name, options, host }: ServiceOptions): RuleProblem[] {
  const service = SERVICES.get(name)?.(options) ?? null;
  if (service === null) return [];
  const { option, what, address } = service;
  const listens = address === undefined ? undefined : isListening(address, host);
  if (listens === true) return [];
  return [
    {
      code: 'bad-log-option',
      path: options.has(option) ? ['log-opts', option] : ['log-driver'],
      message: `the logging driver ${name} connects before a container starts, and nothing listens at ${address ?? ''}${NO_CONTAINER}`,
      hint:
        name === 'fluentd'
          ? 'start it, or add "fluentd-async": "true"'
          : `start it, or correct ${option}`,
      stops: 'containers',
      ...(listens === undefined && { need: { needs: 'service', what } }),
    },
  ];
}

type Options = ReadonlyMap<string, string>;

const isTrue = (text: string | undefined) => /^(?:1|t|true)$/i.test(text ?? '');

const SERVICES: ReadonlyMap<string, (options: Options) => Service | null> = new Map([
  ['fluentd', fluentd],
  ['syslog', (options: Options) => byUrl(options, 'syslog-address')],
  ['gelf', (options: Options) => byUrl(options, 'gelf-address')],
  ['splunk', splunk],
  [
    'awslogs',
    (): Service => ({
      option: 'awslogs-group',
      what: 'a region and credentials of AWS, and CloudWatch Logs within reach',
    }),
  ],
  [
    'gcplogs',
    (): Service => ({
      option: 'gcp-project',
      what: 'a project and credentials of Google Cloud, and its logging within reach',
    }),
  ],
]);

function fluentd(options: Options): Service | null {
  const option = 'fluentd-address';
  if (isTrue(options.get('fluentd-async')) || isTrue(options.get('fluentd-async-connect')))
    return null;
  const given = options.get(option) ?? '';
  const url = parseGoUrl(given.includes('://') ? given : `tcp://${given}`);
  if (url?.scheme === 'unix') return { option, what: `a fluentd that listens on ${url.path}` };
  const { host, port } = splitHostPort(url?.host ?? '');
  const address = `${host || '127.0.0.1'}:${port || '24224'}`;
  return { option, what: `a fluentd that answers at ${address}`, address };
}

/** udp sends to nobody without complaint, but not without a route. */
function byUrl(options: Options, option: string): Service | null {
  const url = parseGoUrl(options.get(option) ?? '');
  if (url === null || url.host === '') return null;
  if (url.scheme === 'udp')
    return /^(?:127\.|localhost\b|\[::1\])/.test(url.host)
      ? null
      : { option, what: `a route to ${url.host}` };
  return url.scheme.startsWith('tcp')
    ? { option, what: `a server that answers at ${url.scheme}://${url.host}`, address: url.host }
    : null;
}

function splunk(options: Options): Service | null {
  const verifies = options.get('splunk-verify-connection') ?? 'true';
  const url = options.get('splunk-url') ?? '';
  return isTrue(verifies) && url !== ''
    ? { option: 'splunk-url', what: `a Splunk collector that answers at ${url}` }
    : null;
}

/** undefined where the address is another machine's, or nobody could look. */
function isListening(address: string, { listensAt }: HostFacts): boolean | undefined {
  const { host, port } = splitHostPort(address);
  if (Number(port) > 65_535) return false;
  const isOwn = /^(?:127\.|localhost$|::1$)/.test(host);
  return isOwn ? listensAt?.(Number(port)) : undefined;
}
