import { isObject, type Json } from '../../../../formats/json/json-object.js';
import { redactText } from '../../../../text/redact.js';
import { NETWORK_OPTIONS } from '../../../options/members.js';
import { keyNamed } from '../../../options/keys/keys.js';

type Path = readonly (string | number)[];

const POOL: Json = { base: '10.10.0.0/16', size: 24 };
const LIMIT: Json = { Name: 'nofile', Hard: 65536, Soft: 65536 };
const RUNTIME: Json = { path: '/usr/bin/…' };
const OPTION: Json = { 'com.docker.network.driver.mtu': '1450' };

/** A value that dockerd takes there, by the path; `*` is any name or index. */
const EXAMPLES: ReadonlyMap<string, Json> = new Map(
  Object.entries<Json>({
    bridge: 'br0',
    builder: { gc: { enabled: true } },
    'builder.gc': { enabled: true },
    'builder.gc.policy': [{ keepStorage: '10GB' }],
    'builder.gc.policy.*': { keepStorage: '10GB' },
    'builder.entitlements': { 'network-host': true },
    'default-address-pools': [POOL],
    'default-address-pools.*': POOL,
    'default-network-opts': { bridge: OPTION },
    'default-network-opts.*': OPTION,
    'default-ulimits': { nofile: LIMIT },
    'default-ulimits.*': LIMIT,
    dns: ['10.0.0.2'],
    'exec-opts': ['native.cgroupdriver=systemd'],
    features: { 'containerd-snapshotter': true },
    hosts: ['unix:///var/run/docker.sock'],
    'insecure-registries': ['registry.example.com:5000'],
    labels: ['site=berlin'],
    'log-opts': { 'max-size': '10m' },
    'nri-opts': { enable: true },
    proxies: { 'http-proxy': 'http://proxy.example.com:3128' },
    'registry-mirrors': ['https://mirror.example.com'],
    runtimes: { NAME: RUNTIME },
    'runtimes.*': RUNTIME,
    'storage-opts': ['overlay2.size=10G'],
  }),
);

/** What to write where the value cannot be turned into what the key takes: `words` says that in words. */
export function exampleHint(value: Json, words: string, path: Path): string {
  const names = isObject(value) ? Object.keys(value) : [];
  if (names.length > 0 && names.every(isKey))
    return `put what is inside beside ${JSON.stringify(path.at(-1))}: these are keys of their own`;
  if (names.length > 0 && names.every((one) => one.startsWith('com.docker.network.')))
    return 'put it into "bridge" inside "default-network-opts"';
  const example = ofOtherPlace(value, path) ?? EXAMPLES.get(patternOf(path)) ?? ofTable(path);
  return example === undefined
    ? `write ${words}`
    : `write ${words}, such as ${JSON.stringify(example)}`;
}

function isKey(name: string): boolean {
  return keyNamed(name) !== undefined;
}

/** Of a list every index is the same, and of a map every name. */
function patternOf(path: Path): string {
  const whole = path.join('.');
  if (EXAMPLES.has(whole)) return whole;
  return [...path.slice(0, -1), '*'].join('.');
}

function ofTable([name, ...inner]: Path): Json | undefined {
  const { example, default: usual, shape } = keyNamed(String(name)) ?? {};
  const value = example ?? usual;
  const fits = (shape === 'string' || shape === 'integer') && value !== '' && value !== null;
  return inner.length === 0 && fits ? value : undefined;
}

/** Options of networks without the driver that they are for, and one proxy for all. */
function ofOtherPlace(value: Json, [name, inner, ...more]: Path): Json | undefined {
  if (typeof value !== 'string' || redactText(value) !== value) return undefined;
  if (name === 'proxies' && inner === undefined && /^https?:\/\/[^@]+$/.test(value))
    return { 'http-proxy': value, 'https-proxy': value };
  if (name !== 'default-network-opts' || inner === undefined || more.length > 0) return undefined;
  const option = NETWORK_OPTIONS.get('bridge')?.find((one) => one.name.endsWith(`.${inner}`));
  return { bridge: { [option?.name ?? inner]: value } };
}
