import { DOCKER_HUB } from '../options/docker-hub.js';
import { isObject, type Json } from '../../formats/json/json-object.js';
import type { ActivationAction, Expectation } from '../../plan/plan.js';
import { insecureEntry } from '../options/insecure.js';
import { keyNamed } from '../options/keys/keys.js';
import type { InfoForm } from '../options/keys/key.js';
import { isBlank, stringsOf } from '../options/meaning.js';
import { normalizeMirrors } from '../options/mirrors.js';
import { formatBlock, parseBlock } from '../options/values/address.js';
import { parseSize } from '../options/values/size.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';

/** A key that changed, and how dockerd will have been told. */
export interface ProvableChange {
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly engine: EngineVersion;
  readonly action: ActivationAction;
}

interface InfoChange {
  readonly key: string;
  readonly pointer: string;
  readonly before: Json | undefined;
  /** With the default in place of nothing. */
  readonly after: Json | undefined;
}

type InfoExpectation = Extract<Expectation, { kind: 'info' }>;

/** What /info or the reload event must show once the change is in force; nothing where dockerd shows nothing. */
export function expectationsOf(change: ProvableChange): Expectation[] {
  const key = keyNamed(change.name);
  const proof = key?.proof;
  if (change.action === 'none' || proof === undefined) return [];
  if (!inRange(change.engine, proof.engines ?? '')) return [];
  const value = isBlank(key, change.after) ? key?.default : change.after;
  if ('info' in proof) {
    const { name, before } = change;
    return INFO_FORMS[proof.as]({ key: name, pointer: proof.info, before, after: value });
  }
  if (change.action !== 'reload') return [];
  const literal = change.after ?? value;
  const text = literal === undefined ? null : EVENT_FORMS[proof.as](literal);
  return text === null
    ? []
    : [{ kind: 'reload-event', attribute: proof.event, value: text, key: change.name }];
}

/** How moby daemon/reload.go prints the attribute. */
const EVENT_FORMS: Record<'text' | 'bytes' | 'go-map', (value: Json) => string | null> = {
  text: (value) => (typeof value === 'object' ? null : String(value)),
  bytes: (value) => (typeof value === 'string' ? (parseSize(value)?.toString() ?? null) : null),
  'go-map': (value) =>
    value === null || typeof value !== 'object'
      ? null
      : `map[${Object.entries(value)
          .map(([name, member]) => `${name}:${member === true}`)
          .sort()
          .join(' ')}]`,
};

const INFO_FORMS: Record<InfoForm, (change: InfoChange) => InfoExpectation[]> = {
  same: (change) => (change.after === undefined ? [] : [equals(change, change.after)]),
  members: (change) => membership(change, stringsOf(change.before), stringsOf(change.after)),
  names: (change) => membership(change, namesOf(change.before), namesOf(change.after)),
  mirrors: (change) => [equals(change, normalizeMirrors(stringsOf(change.after)))],
  insecure: insecureExpectations,
  'cgroup-driver': (change) => {
    const driver = stringsOf(change.after)
      .map((option) => /^native\.cgroupdriver=(.+)$/.exec(option)?.[1])
      .findLast((name) => name !== undefined);
    return driver === undefined ? [] : [equals(change, driver)];
  },
  pools: (change) => {
    const pools = Array.isArray(change.after) ? change.after.map(poolInInfo) : [];
    return pools.length === 0 || pools.includes(null) ? [] : [equals(change, pools)];
  },
  'security-option': (change) => {
    const option = change.key === 'userns-remap' ? 'name=userns' : `name=${change.key}`;
    const match =
      isBlank(undefined, change.after) || change.after === false ? 'excludes' : 'includes';
    return [{ kind: 'info', pointer: change.pointer, match, value: option, key: change.key }];
  },
};

function equals(change: InfoChange, value: Json): InfoExpectation {
  return { kind: 'info', pointer: change.pointer, match: 'equals', value, key: change.key };
}

function membership(
  change: InfoChange,
  before: readonly string[],
  after: readonly string[],
): InfoExpectation[] {
  const { pointer, key } = change;
  const present = new Set(after);
  const gone = new Set(before.filter((value) => !present.has(value)));
  return [
    ...[...present].map((value): InfoExpectation => ({
      kind: 'info',
      pointer,
      match: 'includes',
      value,
      key,
    })),
    ...[...gone].map((value): InfoExpectation => ({
      kind: 'info',
      pointer,
      match: 'excludes',
      value,
      key,
    })),
  ];
}

/** Hosts are names of IndexConfigs, blocks are members of InsecureRegistryCIDRs. */
function insecureExpectations(change: InfoChange): InfoExpectation[] {
  const of = (value: Json | undefined, kind: 'host' | 'block') =>
    stringsOf(value)
      .map(insecureEntry)
      .filter((entry) => entry.kind === kind && !ALWAYS_THERE.has(entry.value))
      .map((entry) => entry.value);
  const below = (name: string): InfoChange => ({ ...change, pointer: `${change.pointer}/${name}` });
  return [
    ...membership(below('IndexConfigs'), of(change.before, 'host'), of(change.after, 'host')),
    ...membership(
      below('InsecureRegistryCIDRs'),
      of(change.before, 'block'),
      of(change.after, 'block'),
    ),
  ];
}

/** dockerd puts these in /info whatever the file says. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([DOCKER_HUB, '127.0.0.0/8', '::1/128']);

function namesOf(value: Json | undefined): string[] {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.keys(value)
    : [];
}

function poolInInfo(pool: Json): { readonly Base: string; readonly Size: number } | null {
  if (!isObject(pool)) return null;
  const { base, size } = pool;
  const block = typeof base === 'string' ? parseBlock(base) : null;
  if (!block?.canonical || typeof size !== 'number') return null;
  return { Base: formatBlock(block), Size: size };
}
