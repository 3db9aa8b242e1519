import type { Document } from '../../formats/json/document.js';
import type { Json } from '../../formats/json/json-object.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { effectOf, type HoldsFor } from '../options/keys/effects.js';
import { keyNamed } from '../options/keys/keys.js';
import type { Evidence, KeyState, Remedy, Said } from '../running/key-state.js';
import { keyStates } from '../running/key-states.js';

/** What a key of daemon.json amounts to on this machine, and who says so. */
export interface EffectiveValue {
  readonly key: string;
  /** What counts now; where no dockerd runs, or nobody knows what it has, what its next start would take. */
  readonly value: Json;
  readonly source: 'file' | 'flag' | 'environment' | 'running daemon' | 'default';
  /** `/etc/docker/daemon.json:3`, `docker.service`, `/etc/default/docker`; null for dockerd's own. */
  readonly from: string | null;
  /** Whether the running daemon uses it: true where it shows it, or where what it was told is on record; else null. */
  readonly inForce: boolean | null;
  readonly evidence: Evidence;
  /** For what it counts: `new containers`. */
  readonly holdsFor: HoldsFor;
  /** What file, flags and environment say otherwise, and what brings it in force; null where they say the same. */
  readonly pending: {
    readonly value: Json;
    readonly source: EffectiveValue['source'];
    readonly from: string | null;
    readonly remedy: Remedy;
  } | null;
  /** Who says something else of it, and has no effect or stops dockerd's next start. */
  readonly also: readonly Said[];
}

/** Every key that file, flags, environment, the running daemon or dockerd's default give a value, by name. */
export function effectiveConfig(observed: ObservedDaemon, document: Document): EffectiveValue[] {
  return keyStates(observed, document).flatMap((state) => effectiveValue(state) ?? []);
}

function effectiveValue(state: KeyState): EffectiveValue | null {
  const { key, said, next, current, evidence, pending } = state;
  const own = keyNamed(key)?.default;
  const nextValue = next?.value ?? own ?? null;
  const sayer = said.find(({ source }) => source === next?.source) ?? null;
  const written = sayer ?? { source: 'default' as const, from: null };
  const common = { key, evidence, holdsFor: effectOf(key).holdsFor };
  const also = said.filter((one) => one !== sayer);
  const isKnown = evidence === 'shown' || evidence === 'recorded';
  if (current !== null && pending !== null) {
    const { value = own ?? null } = current;
    const { source, from } = written;
    const wanted = { value: nextValue, source, from, remedy: pending };
    return { ...common, value, ...RUNNING, inForce: isKnown || null, pending: wanted, also };
  }
  if (sayer !== null) {
    const { source, from } = sayer;
    const inForce = current !== null && isKnown ? true : null;
    return { ...common, value: nextValue, source, from, inForce, pending: null, also };
  }
  const value = current?.value;
  if (evidence === 'shown' && value !== undefined && value !== '')
    return { ...common, value, ...RUNNING, inForce: true, pending: null, also };
  if (own === undefined && value === undefined) return null;
  const inForce = current !== null && isKnown ? true : null;
  return { ...common, value: own ?? value ?? null, ...DEFAULT, inForce, pending: null, also };
}

const RUNNING = { source: 'running daemon', from: null } as const;
const DEFAULT = { source: 'default', from: null } as const;
