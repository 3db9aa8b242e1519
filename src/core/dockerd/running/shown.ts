import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { atPointer } from '../../plan/expectation.js';
import { insecureInInfo, isLoopbackBlock } from '../../registry/insecure-list.js';
import type { KeySpec } from '../options/keys/key.js';
import { stringsOf } from '../options/meaning.js';
import { parseBlock } from '../options/values/address.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';
import type { Witnesses } from '../observed/witnesses.js';
import { isConfigurable } from './builtin.js';
import { isOfDefaultBridge, onDefaultBridge } from './default-bridge.js';

/** What dockerd itself shows of a key, in the form of the file; `undefined` is its own default. */
export interface ShownValue {
  readonly value: Json | undefined;
  /** `/info/Debug`, `docker network inspect bridge`. */
  readonly where: string;
}

interface Sight {
  readonly info: JsonObject | null;
  readonly engine: EngineVersion;
  readonly witnesses: Witnesses;
}

/** What counts now, whatever the file says; null where dockerd shows nothing of the key, or nothing that can be trusted. */
export function shownOf(key: KeySpec, sight: Sight): ShownValue | null {
  const { info, witnesses } = sight;
  if (info === null) return null;
  if (isOfDefaultBridge(key.name)) return onDefaultBridge(key.name, witnesses.defaultBridge);
  const other = OTHERS[key.name];
  if (other !== undefined) return other(sight, info);
  const { proof } = key;
  if (proof === undefined || !('info' in proof)) return null;
  if (!inRange(sight.engine, proof.engines ?? '')) return null;
  const at = atPointer(info, proof.info);
  // A list that is empty is null there.
  if (at === undefined) return null;
  const read = READ[proof.as];
  return read === undefined
    ? null
    : read({ at, info, name: key.name, where: `/info${proof.info}` });
}

interface At {
  readonly at: Json;
  readonly info: JsonObject;
  readonly name: string;
  readonly where: string;
}

const READ: Readonly<Record<string, (at: At) => ShownValue | null>> = {
  same: ({ at, where }) => ({ value: at, where }),
  members: ({ at, where }) => ({ value: stringsOf(at), where }),
  mirrors: ({ at, where }) => ({ value: stringsOf(at), where }),
  insecure: ({ info, where }) => ({
    value: insecureInInfo(info).filter((entry) => !isLoopbackBlock(entry)),
    where,
  }),
  names: ({ at, where }) => ({ value: ownRuntimes(at), where }),
  'cgroup-driver': ({ at, where }) =>
    typeof at === 'string' && at !== 'none'
      ? { value: [`native.cgroupdriver=${at}`], where }
      : null,
  pools: ({ at, where }) => pools(at, where),
  'security-option': ({ at, name, where }) =>
    name === 'userns-remap' ? null : { value: stringsOf(at).includes(`name=${name}`), where },
};

function ownRuntimes(runtimes: Json): Json {
  return isObject(runtimes)
    ? Object.fromEntries(Object.entries(runtimes).filter(([name]) => isConfigurable(name)))
    : {};
}

/** 27 and later print "invalid Prefix" after a reload, and go on with the pools that they have. */
function pools(value: Json, where: string): ShownValue | null {
  if (!Array.isArray(value)) return { value: [], where };
  const shown = value.map((pool: Json) => ({
    base: atPointer(pool, '/Base') ?? '',
    size: atPointer(pool, '/Size') ?? 0,
  }));
  const sound = shown.every(({ base }) => typeof base === 'string' && parseBlock(base) !== null);
  return sound ? { value: shown, where } : null;
}

const OTHERS: Readonly<Record<string, (sight: Sight, info: JsonObject) => ShownValue | null>> = {
  // $DEBUG makes it true while not one line is written (moby cli/debug).
  debug: ({ witnesses: { environment } }, info) =>
    info.Debug === true && (environment === null || (environment.get('DEBUG') ?? '') !== '')
      ? environment === null
        ? { value: true, where: '/info/Debug' }
        : null
      : info.Debug === undefined
        ? null
        : { value: info.Debug, where: '/info/Debug' },
  // It goes on showing those of the start where a reload has changed them.
  'authorization-plugins': ({ witnesses: { reload } }, info) =>
    reload.kind === 'none'
      ? {
          value: stringsOf(atPointer(info, '/Plugins/Authorization')),
          where: '/info/Plugins/Authorization',
        }
      : null,
  proxies: (_, info) => {
    const members = [
      ['http-proxy', info.HttpProxy],
      ['https-proxy', info.HttpsProxy],
      ['no-proxy', info.NoProxy],
    ] as const;
    const said = members.filter(([, value]) => typeof value === 'string' && value !== '');
    return { value: Object.fromEntries(said) as JsonObject, where: '/info/HttpProxy' };
  },
  'seccomp-profile': (_, info) => {
    const option = stringsOf(info.SecurityOptions).find((one) => one.startsWith('name=seccomp,'));
    const profile = option?.replace('name=seccomp,profile=', '');
    if (profile === undefined) return null;
    return { value: profile === 'default' ? 'builtin' : profile, where: '/info/SecurityOptions' };
  },
};
