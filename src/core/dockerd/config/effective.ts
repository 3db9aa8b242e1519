import { holdsInInfo, atPointer } from '../../plan/expectation.js';
import { placeOf } from '../../formats/json/place.js';
import type { Document } from '../../formats/json/document.js';
import { get } from '../../formats/json/json-edit.js';
import type { Json } from '../../formats/json/json-object.js';
import { type DaemonFlag, parseFlags } from '../options/flags.js';
import { isKnown, KEYS } from '../options/keys/keys.js';
import type { KeySpec, Shape } from '../options/keys/key.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { expectationsOf } from '../activation/proof.js';
import { engineOf, type EngineVersion } from '../options/keys/version.js';

/** What a key of daemon.json amounts to on this machine, and who says so. */
export interface EffectiveValue {
  readonly key: string;
  readonly value: Json;
  readonly source: 'file' | 'flag' | 'running daemon' | 'default';
  /** `/etc/docker/daemon.json:3`, `docker.service`, `/etc/default/docker`; null for dockerd's own. */
  readonly from: string | null;
  /** Whether the running daemon uses it; null where it does not run or does not show this key. */
  readonly inForce: boolean | null;
}

/**
 * Every key that the file, a flag, the running daemon or dockerd's default gives a value, by name. A key that file and
 * flag both give stands twice: dockerd does not start with it.
 */
export function effectiveConfig(observed: ObservedDaemon, document: Document): EffectiveValue[] {
  const engine = engineOf(observed.version);
  const { flags } = parseFlags(observed.argv);
  const said = [
    ...(document.root?.members ?? []).map(({ key, start }) => ({
      key,
      value: get(document, [key]) ?? null,
      source: 'file' as const,
      from: `${observed.configPath}:${placeOf(document.text, start).line}`,
    })),
    ...KEYS.flatMap((key) => {
      const flag = flags.get(key.flag ?? key.name);
      return flag === undefined || key.flag === null ? [] : [fromFlag(key, flag, observed)];
    }),
  ].map((value) => ({ ...value, inForce: isInForce(value, { observed, engine }) }));
  const names = new Set(said.map(({ key }) => key));
  const unsaid = KEYS.filter((key) => isKnown(key, engine) && !names.has(key.name));
  return [...said, ...unsaid.flatMap((key) => unsaidValue(key, observed.info) ?? [])].sort(
    (a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)),
  );
}

function fromFlag(key: KeySpec, flag: DaemonFlag, { flagSources }: ObservedDaemon) {
  const at = flagSources.find((source) => source.flag === flag.written);
  return {
    key: key.name,
    value: flagValue(key.shape, flag.values),
    source: 'flag' as const,
    from: at?.source ?? null,
  };
}

/** As dockerd's flag parser reads it: maps come as `name=value`, one flag each. */
export function flagValue(shape: Shape, values: readonly string[]): Json {
  const last = values.at(-1) ?? '';
  if (shape === 'boolean') return /^(?:1|t|true)$/i.test(last);
  if (shape === 'integer' || shape === 'unsigned') return Number(last);
  if (shape === 'string') return last;
  if ('list' in shape) return values;
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf('=');
      return at === -1 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
    }),
  );
}

function isInForce(
  { key, value }: { readonly key: string; readonly value: Json },
  { observed, engine }: { readonly observed: ObservedDaemon; readonly engine: EngineVersion },
): boolean | null {
  const { info } = observed;
  const change = { name: key, before: undefined, after: value, engine, action: 'restart' } as const;
  const shown = expectationsOf(change).filter((expectation) => expectation.kind === 'info');
  if (info === null || shown.length === 0) return null;
  return shown.every((expectation) => holdsInInfo(expectation, info));
}

function unsaidValue(key: KeySpec, info: ObservedDaemon['info']): EffectiveValue | null {
  const own = { key: key.name, from: null, inForce: null };
  const { proof } = key;
  const shown =
    info !== null && proof !== undefined && 'info' in proof && proof.as === 'same'
      ? atPointer(info, proof.info)
      : undefined;
  if (shown !== undefined && shown !== '')
    return { ...own, value: shown, source: 'running daemon', inForce: true };
  return key.default === undefined ? null : { ...own, value: key.default, source: 'default' };
}
