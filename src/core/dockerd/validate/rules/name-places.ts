import { entriesOf, isObject, type Json } from '../../../formats/json/json-object.js';
import { hasFlag, PROXY_FLAGS } from '../../options/flag-table.js';
import { inRange, type EngineVersion } from '../../options/keys/version.js';
import { FEATURES, OBJECTS } from '../../options/members.js';
import { LIMITS } from './containers/container-start.js';
import { isLogOption } from './containers/log-drivers.js';
import { clientProxy, type Named } from './name-fixes.js';
import { isSameName, quote, type DecodedConfig, type RuleProblem } from './rule.js';

const PROXY_DROP_IN =
  'set HTTP_PROXY, HTTPS_PROXY and NO_PROXY in a drop-in of docker.service, then remove it: without them pulls lose the proxy';

const OF_CLIENT = 'put it into ~/.docker/config.json, which the docker command reads';

/** What to write instead of a key that is gone, or that never was one. */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    graph: 'write data-root',
    'oom-score-adjust':
      'remove it, and set OOMScoreAdjust= in a drop-in of docker.service, if need be',
    'api-cors-header': 'remove it, and put a reverse proxy before the API, if need be',
    'cluster-store': 'remove it: swarm mode took its place',
    'cluster-advertise': 'remove it: swarm mode took its place',
    'cluster-store-opts': 'remove it: swarm mode took its place',
    ...Object.fromEntries(['proxies', ...PROXY_FLAGS].map((name) => [name, PROXY_DROP_IN])),
    'host-gateway-ips': 'write host-gateway-ip with one address',
    bip6: 'write fixed-cidr-v6 with the block of the address',
    'default-network-opts':
      'remove it, and give each network its options: `docker network create --opt`',
    'default-stop-timeout': 'remove it, and give containers their own: `docker run --stop-timeout`',
    'nri-opts': 'remove it',
    'disable-legacy-registry': 'remove it: engines since 17.12 speak to v2 registries only',
    ...Object.fromEntries(
      ['auths', 'credHelpers', 'credsStore', 'detachKeys', 'HttpHeaders', 'psFormat'].map(
        (name) => [name, OF_CLIENT],
      ),
    ),
    registries: 'write registry-mirrors or insecure-registries',
    mirrors: 'write registry-mirrors',
    root: 'write data-root',
    ...Object.fromEntries(
      ['dns-servers', 'nameserver', 'nameservers'].map((name) => [name, 'write dns']),
    ),
    logging: 'write log-driver and log-opts',
    storage: 'write storage-driver and storage-opts',
    pools: 'write default-address-pools',
    nri: 'write nri-opts',
  }),
);

/** The cure for a key that this engine does not have, done as told. */
export function insteadOf(name: string, engine: EngineVersion): string | undefined {
  if (name === 'min-api-version' && inRange(engine, '25..28'))
    return 'remove it: the variable DOCKER_MIN_API_VERSION of docker.service sets it here';
  return INSTEAD.get(name);
}

const CGROUP_DRIVER = ['cgroup-driver', 'native.cgroupdriver', 'cgroupdriver', 'cgroup-manager'];

type Cure = Partial<Pick<RuleProblem, 'hint' | 'fix'>>;

/** Where a name belongs that is no key: a member of an object, an option of a list, a key of another file. */
export function whereItBelongs(candidate: DecodedConfig, named: Named): Cure {
  const { name, value } = named;
  const { engine } = candidate;
  const instead = insteadOf(name, engine);
  if (instead !== undefined) return { hint: instead };
  if (CGROUP_DRIVER.includes(name)) return { hint: cgroupDriver(value) };
  const proxy = clientProxy(name);
  if (proxy !== undefined)
    return hasFlag(engine, proxy)
      ? into(candidate, named, ['proxies', proxy])
      : { hint: PROXY_DROP_IN };
  const feature = FEATURES.find((one) => one.name === name);
  if (feature !== undefined && inRange(engine, feature.engines ?? ''))
    return into(candidate, named, ['features', name]);
  if (isLogOption(name)) return into(candidate, named, ['log-opts', name]);
  // Gone with the driver that looked at the kernel (23.0).
  if (name.endsWith('.override_kernel_check') && inRange(engine, '23..')) return {};
  if (/^(?:overlay2|dm|zfs|btrfs)\.\w/.test(name) && typeof value !== 'object')
    return { hint: `write "storage-opts": [${quote(`${name}=${String(value)}`)}]` };
  if (name.startsWith('com.docker.network.'))
    return { hint: 'put it into "bridge" inside "default-network-opts"' };
  if (LIMITS.includes(name)) return { hint: 'put it into "default-ulimits"' };
  if (name === 'size' && candidate.config.has('base'))
    return { hint: 'put it into "default-address-pools"' };
  return ofMember(named);
}

function cgroupDriver(value: Json): string {
  const driver = value === 'cgroupfs' ? 'cgroupfs' : 'systemd';
  return `write "exec-opts": ["native.cgroupdriver=${driver}"]`;
}

/** Moved there where nothing stands in the way. */
function into({ config }: DecodedConfig, { name, value }: Named, to: [string, string]): Cure {
  const [key, member] = to;
  const outer = config.get(key) ?? null;
  const isFree =
    (outer === null || isObject(outer)) && !entriesOf(outer).some(([one]) => one === member);
  const isPlain = typeof value === (key === 'features' ? 'boolean' : 'string');
  return {
    hint:
      name === member
        ? `put it into ${quote(key)}`
        : `put it into ${quote(key)}, as ${quote(member)}`,
    ...(isFree && isPlain && { fix: { move: [name], to } }),
  };
}

/** Names too common to say where they belong. */
const COMMON: readonly string[] = ['all', 'enable', 'filter', 'name', 'options', 'path', 'size'];

function ofMember({ name, value }: Named): Cure {
  if (entriesOf(value).some(([member]) => /^(?:path|runtimeType)$/i.test(member)))
    return { hint: 'put it into "runtimes"' };
  if (COMMON.includes(name.toLowerCase())) return {};
  const object = OBJECTS.find(({ members }) => members.some((one) => isSameName(name, one.name)));
  const [outer, ...inner] = object?.path.filter((step) => step !== '*') ?? [];
  if (outer === undefined || name === 'enabled') return {};
  const [innermost] = inner.toReversed();
  return {
    hint:
      innermost === undefined
        ? `put it into ${quote(outer)}`
        : `put it into ${quote(innermost)} inside ${quote(outer)}`,
  };
}
