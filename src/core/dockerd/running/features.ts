import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import type { KeySpec } from '../options/keys/key.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';
import { unsaidFeature } from './builtin.js';
import type { Evidence, KeyState, Remedy } from './key-state.js';
import type { KnownValue, Looked } from './looked.js';
import { saidOf } from './places.js';
import { loadedOf, startedOf } from './started.js';

/** A reload takes the object as a whole (moby daemon/reload.go), but some members are looked at by a start only. */
export function stateOfFeatures(key: KeySpec, looked: Looked): KeyState {
  const { observed, kind } = looked;
  const merged = looked.next.merged(key);
  const runs = observed.state === 'running';
  const [started, loaded] = runs ? [startedOf(key, looked), loadedOf(key, looked)] : [null, null];
  const next = membersOf(merged?.value);
  const startOnly = new Set(key.reload?.startOnly ?? []);
  const names = [
    ...new Set(
      [next, ...[started, loaded].map((known) => membersOf(known?.held.value))].flatMap((one) =>
        Object.keys(one),
      ),
    ),
  ];
  const shown = observed.info === null ? {} : shownFeatures(observed.info, kind.engine);
  const members = names.map((name) => {
    const value = shown[name];
    if (value !== undefined) return { name, value, evidence: 'shown' as const };
    const known = startOnly.has(name) ? started : loaded;
    return {
      name,
      value: membersOf(known?.held.value)[name],
      evidence: known?.evidence ?? ('unknown' as const),
    };
  });
  const differing = members.filter(
    ({ name, value, evidence }) =>
      evidence !== 'unknown' && !isAlike(name, [value, next[name]], kind.engine),
  );
  const weakestOf = weakest(
    members.map((member) => member.evidence),
    loaded,
  );
  const evidence = runs ? weakestOf : 'no daemon';
  const pending: Remedy | null =
    differing.length === 0 || !runs
      ? null
      : differing.some(({ name }) => startOnly.has(name))
        ? 'restart'
        : 'reload';
  const current = Object.fromEntries(
    members.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
  );
  return {
    key: key.name,
    said: saidOf(key, looked),
    next: merged && { value: merged.value, source: merged.source },
    started: started?.held ?? null,
    loaded: loaded?.held ?? null,
    shown: null,
    current: runs && evidence !== 'unknown' ? { value: current } : null,
    evidence,
    pending,
  };
}

function membersOf(value: Json | undefined): JsonObject {
  return value !== undefined && isObject(value) ? value : {};
}

/** What /info tells of the image store and of CDI, in engines that have them. */
function shownFeatures(info: JsonObject, engine: EngineVersion): JsonObject {
  const status = Array.isArray(info.DriverStatus) ? info.DriverStatus : [];
  const containerd = status.some(
    (row: Json) => Array.isArray(row) && row[1] === 'io.containerd.snapshotter.v1',
  );
  return {
    ...(inRange(engine, '24..') &&
      info.Driver !== undefined && { 'containerd-snapshotter': containerd }),
    ...(inRange(engine, '25..') &&
      info.Driver !== undefined && {
        cdi: Array.isArray(info.CDISpecDirs) && info.CDISpecDirs.length > 0,
      }),
  };
}

/** Nothing said is dockerd's default; which store a fresh 29 takes, it finds out by itself. */
function isAlike(
  name: string,
  values: readonly [Json | undefined, Json | undefined],
  engine: EngineVersion,
): boolean {
  const unsaid = unsaidFeature(name, engine);
  if (unsaid === undefined && values[1] === undefined) return true;
  return (values[0] ?? unsaid ?? false) === (values[1] ?? unsaid ?? false);
}

const ORDER: readonly Evidence[] = ['unknown', 'inferred', 'recorded', 'shown'];

function weakest(all: readonly Evidence[], loaded: KnownValue | null): Evidence {
  if (all.length === 0) return loaded?.evidence ?? 'unknown';
  return ORDER.find((one) => all.includes(one)) ?? 'unknown';
}
