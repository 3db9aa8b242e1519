import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { keyNamed } from '../options/keys/keys.js';
import { insecureEntry } from '../options/insecure.js';
import { isBlank, sameMeaning, stringsOf } from '../options/meaning.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';

/** Which dockerd a value is judged for. */
export interface Kind {
  readonly engine: EngineVersion;
  readonly rootless: boolean;
  /** What it takes where `exec-opts` says nothing of it; null where that is not known. */
  readonly cgroupDriver: string | null;
  /** `1` or `2`, as /info has it; null where it does not say. */
  readonly cgroupVersion: string | null;
}

/**
 * A dockerd that has the first would run alike with the second; `undefined` is for none. Where nothing is wanted and dockerd
 * chooses by itself, it may have chosen what it has.
 */
export function runsAlike(
  name: string,
  [has, wanted]: readonly [Json | undefined, Json | undefined],
  kind: Kind,
): boolean {
  if (isBlank(keyNamed(name), wanted) && chosenByDockerd(name, kind)) return true;
  return sameMeaning(name, normal(name, has, kind), normal(name, wanted, kind));
}

/** Nothing in the file, and no default that we know: dockerd looks around at its start. */
export function chosenByDockerd(name: string, kind: Kind): boolean {
  if (name === 'exec-opts') return kind.cgroupDriver === null;
  if (CHOSEN.includes(name)) return true;
  return keyNamed(name)?.default === undefined && builtin(name, kind) === undefined;
}

/** Addresses that dockerd fills in, and the containerd that it finds. */
const CHOSEN: readonly string[] = [
  ...['bip', 'bip6', 'fixed-cidr-v6', 'host-gateway-ip', 'host-gateway-ips', 'containerd'],
];

/** What dockerd runs with where nobody says anything, beyond the defaults of the table. */
function builtin(name: string, kind: Kind): Json | undefined {
  const { engine, rootless, cgroupDriver } = kind;
  if (rootless && OF_ROOT.includes(name)) return undefined;
  if (name === 'exec-opts' && cgroupDriver !== null) return [`native.cgroupdriver=${cgroupDriver}`];
  if (name === 'default-cgroupns-mode') return namespaceMode(kind);
  if (name === 'ip6tables') return inRange(engine, '27..');
  return BUILTIN[name];
}

/** moby daemon/config/config_linux.go and cmd/dockerd/config_unix.go: private on cgroup v2 alone. */
function namespaceMode({ cgroupVersion }: Kind): string | undefined {
  if (cgroupVersion === null) return undefined;
  return cgroupVersion === '2' ? 'private' : 'host';
}

const OF_ROOT: readonly string[] = ['pidfile', 'data-root', 'exec-root', 'hosts'];

/** moby daemon/config/config_linux.go and cmd/dockerd/config_unix.go, getDefault…. */
const BUILTIN: Readonly<Record<string, Json>> = {
  pidfile: '/var/run/docker.pid',
  'data-root': '/var/lib/docker',
  'exec-root': '/var/run/docker',
  hosts: ['unix:///var/run/docker.sock'],
  mtu: 1500,
  'seccomp-profile': 'builtin',
  'cdi-spec-dirs': ['/etc/cdi', '/var/run/cdi'],
  tls: false,
  tlsverify: false,
  'init-path': 'docker-init',
};

/** What a member of `features` is that nobody names; undefined where dockerd chooses (29: the image store). */
export function unsaidFeature(name: string, engine: EngineVersion): boolean | undefined {
  if (name === 'buildkit') return inRange(engine, '23..');
  if (name === 'cdi') return inRange(engine, '28..');
  return name === 'containerd-snapshotter' && inRange(engine, '29..') ? undefined : false;
}

function normal(name: string, value: Json | undefined, kind: Kind): Json | undefined {
  if (isBlank(keyNamed(name), value)) return name === 'features' ? {} : builtin(name, kind);
  if (name === 'features' && isObject(value ?? null)) return said(value as JsonObject, kind);
  return FORMS[name]?.(value ?? null) ?? value;
}

function said(features: JsonObject, { engine }: Kind): JsonObject {
  return Object.fromEntries(
    Object.entries(features).filter(([name, value]) => value !== unsaidFeature(name, engine)),
  );
}

const MASK = 'xxxxx:xxxxx';

const FORMS: Readonly<Record<string, (value: Json) => Json>> = {
  hosts: (value) => stringsOf(value).map(listener).sort(),
  pidfile: inVarRun,
  'exec-root': inVarRun,
  'data-root': withoutSlash,
  'insecure-registries': (value) => stringsOf(value).map((entry) => insecureEntry(entry).value),
  'userns-remap': (value) => (typeof value === 'string' ? remapped(value) : value),
  'default-address-pools': (value) => (Array.isArray(value) ? value.map(pool) : value),
  'default-network-opts': withoutEmpty,
  'log-opts': withoutEmpty,
  proxies: (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, url]) => url !== '')
            .map(([name, url]) => [name, typeof url === 'string' ? masked(url) : url]),
        )
      : value,
  runtimes: (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => isConfigurable(name))
            .map(([name, entry]) => [name, runtime(entry)]),
        )
      : value,
};

/** As dockerd shows what may hold a password (moby daemon/config, MaskCredentials). */
function masked(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/@]*@/i, `$1${MASK}@`);
}

/** The pid file and the socket are the same by either name of their folder. */
function listener(address: string): string {
  return address.replace(/^unix:\/\/\/run\//, 'unix:///var/run/').replace(/\/$/, '');
}

function inVarRun(path: Json): Json {
  const plain = withoutSlash(path);
  return typeof plain === 'string' ? plain.replace(/^\/run\//, '/var/run/') : plain;
}

function withoutSlash(path: Json): Json {
  return typeof path === 'string' ? path.replace(/(.)\/$/, '$1') : path;
}

function remapped(user: string): string {
  const name = user === 'default' ? 'dockremap' : user;
  return name.includes(':') ? name : `${name}:${name}`;
}

function pool(value: Json): Json {
  const member = (name: string) =>
    isObject(value)
      ? Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1]
      : undefined;
  return { base: member('base') ?? null, size: member('size') ?? null };
}

function withoutEmpty(value: Json): Json {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => !isEmpty(member)))
    : value;
}

function isEmpty(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/** /info shows no more of an entry than its program. */
function runtime(entry: Json): Json {
  const { path, runtimeArgs }: JsonObject = isObject(entry) ? entry : {};
  return { path: path ?? '', runtimeArgs: runtimeArgs ?? [] };
}

/** runc, and containerd's shims by their type, are there whoever configured them. */
export function isConfigurable(runtimeName: string): boolean {
  return runtimeName !== 'runc' && !runtimeName.includes('.');
}
