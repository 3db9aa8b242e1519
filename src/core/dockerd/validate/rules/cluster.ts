import { ipFamily, splitHostPort } from '../../options/values/address.js';
import { parseGoUrl } from '../../options/values/url.js';
import { inRange } from '../../options/keys/version.js';
import { quote, textOf, type DecodedConfig, type RuleProblem } from './rule.js';
import { entriesOf } from '../../../formats/json/json-object.js';

const INSTEAD = 'remove it: use swarm mode';

/** What came before swarm mode: a store that engines up to 20.10 advertise themselves in. A reload forgives all of it but an address. */
export function checkCluster(candidate: DecodedConfig): RuleProblem[] {
  if (!inRange(candidate.engine, '..20')) return [];
  return [
    ...checkStore(candidate),
    ...(textOf(candidate, 'cluster-advertise') === ''
      ? []
      : [...checkAdvertise(candidate), ...checkTimes(candidate)]),
  ];
}

/** Debian's build has no consul (moby daemon.go, networkOptions; pkg/discovery/backends.go, New). */
function checkStore(candidate: DecodedConfig): RuleProblem[] {
  const store = textOf(candidate, 'cluster-store');
  const advertises = textOf(candidate, 'cluster-advertise') !== '';
  if (store === '' || (store.trim() === '' && !advertises)) return [];
  const [, scheme = '', rest = ''] =
    /^(etcd|zk):\/\/(.+)$/s.exec(advertises ? store : store.trim()) ?? [];
  if (rest === '' || rest.includes('://'))
    return [refused('cluster-store', { value: store, why: 'it is not etcd://HOST:PORT' })];
  const addresses = rest.replace(/\/.*/s, '').split(',');
  if (scheme === 'zk' || addresses.every((one) => parseGoUrl(`http://${one}`) !== null)) return [];
  const stops = candidate.set.has('cluster-advertise') ? 'both' : 'start';
  return [
    {
      ...refused('cluster-store', { value: store, why: 'it holds an address that is none' }),
      stops,
    },
  ];
}

/** moby config.go, ParseClusterAdvertiseSettings; pkg/discovery/backends.go, ParseAdvertise. */
function checkAdvertise(candidate: DecodedConfig): RuleProblem[] {
  const value = textOf(candidate, 'cluster-advertise');
  const { host } = splitHostPort(value);
  const { interfaces } = candidate.host;
  const named = host !== '' && host !== value && ipFamily(host) === null;
  if (named && interfaces === undefined && textOf(candidate, 'cluster-store') !== '')
    return [
      {
        ...refused('cluster-advertise', { value, why: 'this machine has no such interface' }),
        need: { needs: 'interface', what: host },
      },
    ];
  const why =
    textOf(candidate, 'cluster-store') === ''
      ? 'there is no cluster-store'
      : host === value || host === ''
        ? 'it is not HOST:PORT'
        : named && interfaces?.includes(host) === false
          ? 'it names neither an address nor an interface of this machine'
          : null;
  return why === null ? [] : [refused('cluster-advertise', { value, why })];
}

/** moby daemon/discovery/discovery.go, discoveryOpts. */
function checkTimes(candidate: DecodedConfig): RuleProblem[] {
  const seconds = new Map(
    entriesOf(candidate.config.get('cluster-store-opts'))
      .filter(([name]) => name === 'discovery.heartbeat' || name === 'discovery.ttl')
      .map(([name, value]) => [
        name,
        typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : 0,
      ]),
  );
  const heartbeat = seconds.get('discovery.heartbeat') ?? 0;
  const ttl = seconds.get('discovery.ttl') ?? Infinity;
  const isPositive = [...seconds.values()].every((value) => value > 0);
  if (isPositive && heartbeat < ttl) return [];
  const value = JSON.stringify(Object.fromEntries(seconds));
  return [
    refused('cluster-store-opts', { value, why: 'the times are positive, ttl the longer one' }),
  ];
}

function refused(key: string, of: { readonly value: string; readonly why: string }): RuleProblem {
  return {
    code: 'bad-value',
    path: [key],
    message: `dockerd refuses ${key} ${quote(of.value)}: ${of.why}`,
    hint: INSTEAD,
    stops: 'start',
  };
}
