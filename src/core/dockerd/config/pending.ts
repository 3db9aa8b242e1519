import type { Document } from '../../formats/json/document.js';
import type { Json } from '../../formats/json/json-object.js';
import { redactAt } from '../../text/redact.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { effectOf } from '../options/keys/effects.js';
import { keyNamed } from '../options/keys/keys.js';
import { engineOf, inRange } from '../options/keys/version.js';
import { HOST_GATEWAY_LOST } from '../activation/hazards.js';
import { isUnreported } from '../running/reported-config.js';
import type { KeyState, Remedy } from '../running/key-state.js';
import { keyStates } from '../running/key-states.js';

/** A key that the running daemon uses otherwise than its next start would. */
export interface PendingKey {
  readonly key: string;
  /** What the next start would take; null: dockerd's default. */
  readonly value: Json;
  /** What the daemon has, and what it is to have. */
  readonly differences: readonly string[];
  readonly remedy: Remedy;
}

export interface Comparison {
  readonly pending: readonly PendingKey[];
  /** Keys of which nobody knows whether they are in force. */
  readonly unseen: readonly string[];
  /** The file was changed since dockerd was started, and what else it said then nobody knows. */
  readonly isRestUnknown: boolean;
  /** Keys that are in force as far as the times of the file tell. */
  readonly inferred: readonly string[];
}

/** Holds what file, flags and environment say against what the running daemon has. */
export function compareWithRunning(observed: ObservedDaemon, document: Document): Comparison {
  return comparisonOf(keyStates(observed, document));
}

export function comparisonOf(states: readonly KeyState[]): Comparison {
  const said = states.filter((state) => state.said.length > 0);
  const known = ({ key }: KeyState): boolean => keyNamed(key) !== undefined;
  return {
    pending: states.flatMap((state) => pendingKey(state) ?? []),
    isRestUnknown: states.some(
      ({ key, evidence, said: by, started }) =>
        evidence === 'unknown' &&
        by.length === 0 &&
        started === null &&
        key !== OF_ENVIRONMENT &&
        !isUnreported(key),
    ),
    unseen: said.filter((state) => state.evidence === 'unknown' && known(state)).map(nameOf),
    inferred: said
      .filter((state) => state.evidence === 'inferred' && state.pending === null)
      .map(nameOf),
  };
}

/** Variables may be closed to this user, and that says nothing of the file. */
const OF_ENVIRONMENT = 'min-api-version';

function pendingKey({ key, next, current, shown, pending }: KeyState): PendingKey | null {
  if (pending === null || current === null) return null;
  const own = keyNamed(key)?.default;
  const has = text(key, current.value ?? own);
  const where = shown === null ? 'it was started with that' : shown.where;
  const wanted = text(key, next?.value ?? own);
  return {
    key,
    value: next?.value ?? null,
    remedy: pending,
    differences: [
      effectOf(key).need === 'reload only'
        ? `dockerd has ${has}, as after every start, and takes ${wanted} by a reload only`
        : pending === 'one place'
          ? `dockerd has ${has} (${where}), and does not start again: both the file and a flag say ${key}`
          : `dockerd has ${has} (${where}), and its next start would take ${wanted}`,
    ],
  };
}

/**
 * The command after which it is known what dockerd was started with: it says so in its log after a reload, unless a reload
 * does harm (moby#52056), or lines of that level are not written.
 */
export function settlingCommand({ version }: ObservedDaemon, states: readonly KeyState[]): string {
  const level = states.find(({ key }) => key === 'log-level')?.current?.value;
  const silent = typeof level === 'string' && ['warn', 'error', 'fatal'].includes(level);
  const harmful = inRange(engineOf(version), HOST_GATEWAY_LOST);
  return `dockerctl daemon ${silent || harmful ? 'restart' : 'reload'}`;
}

/** What to type, or do, until what is written counts. */
export const REMEDIES: Readonly<Record<Remedy, string>> = {
  reload: 'dockerctl daemon reload',
  restart: 'dockerctl daemon restart',
  'one place': 'dockerctl doctor',
  'restart without containers': 'docker ps -q | xargs -r docker stop && dockerctl daemon restart',
};

function nameOf({ key }: KeyState): string {
  return key;
}

function text(key: string, value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(redactAt([key], value));
  return json.length > 200 ? `${json.slice(0, 200)}…` : json;
}
