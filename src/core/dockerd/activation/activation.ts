import { type Json, type JsonObject, memberOf } from '../../formats/json/json-object.js';
import type { Activation, ActivationAction, Expectation } from '../../plan/plan.js';
import { strongestAction } from '../../plan/join-plans.js';
import { isFlagName } from '../options/flag-table.js';
import { parseFlags } from '../options/flags.js';
import { effectOf } from '../options/keys/effects.js';
import { reloadHazards } from './hazards.js';
import { isIgnored, isKnown, isReloadable, keyNamed } from '../options/keys/keys.js';
import type { KeySpec } from '../options/keys/key.js';
import { changedKeys, isBlank } from '../options/meaning.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { expectationsOf } from './proof.js';
import { engineOf, type EngineVersion, formatVersion } from '../options/keys/version.js';

/** daemon.json as parsed; `{}` when there is no file. */
export type DaemonConfig = JsonObject;

export interface ActivationDecision {
  readonly activation: Activation;
  /** How each changed key is proved once the activation is done. */
  readonly expect: readonly Expectation[];
  readonly notes: readonly string[];
}

/** What one change, or something around it, asks for. */
interface Demand {
  readonly action: ActivationAction;
  readonly reason?: string;
  readonly note?: string;
  readonly onRequest?: boolean;
}

interface Change {
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly engine: EngineVersion;
}

/**
 * How dockerd is made to notice that its file changed from `before` to `after`: the cheapest way that works, and why.
 * Decided as if the daemon runs with `before`; whether there is a daemon to tell is the caller's to see.
 */
export function decideActivation(
  before: DaemonConfig,
  after: DaemonConfig,
  daemon: Pick<ObservedDaemon, 'version' | 'argv' | 'hostGatewayUsers' | 'shimRuntimeUsers'>,
): ActivationDecision {
  const engine = engineOf(daemon.version);
  const changes = changedKeys(before, after).map((name): Change => ({
    ...{ name, engine },
    before: memberOf(before, name),
    after: memberOf(after, name),
  }));
  const wanted = changes.map(demandOf);
  const hazards: readonly Demand[] =
    strongestAction(wanted) === 'reload'
      ? reloadHazards({
          after,
          engine,
          flags: parseFlags(daemon.argv),
          hostGatewayUsers: daemon.hostGatewayUsers,
          shimRuntimeUsers: daemon.shimRuntimeUsers,
        })
      : [];
  const demands = [...wanted, ...hazards];
  const action = strongestAction(demands);
  const ofBridge = changes
    .map(({ name }) => name)
    .filter((name) => effectOf(name).need === 'restart without containers');
  return {
    activation: {
      action,
      reasons: demands.flatMap((demand) =>
        demand.action === action && demand.reason !== undefined ? [demand.reason] : [],
      ),
      ...(action === 'restart' &&
        demands.every((one) => one.action !== 'restart' || one.onRequest === true) && {
          harmfulReload: true,
        }),
      ...(action === 'restart' && ofBridge.length > 0 && { emptyStart: ofBridge }),
    },
    expect: changes.flatMap((change) => expectationsOf({ ...change, action })),
    notes: (action === 'reload' ? demands : wanted).flatMap((demand) => demand.note ?? []),
  };
}

function demandOf(change: Change): Demand {
  const { name, engine } = change;
  const key = keyNamed(name);
  if (key === undefined) return demandOfUnknown(change);
  if (!isKnown(key, engine)) {
    return {
      action: 'restart',
      reason: `${name} is not a key of dockerd ${formatVersion(engine)}`,
    };
  }
  if (isIgnored(key, engine)) {
    return {
      action: 'none',
      note: `dockerd ${formatVersion(engine)} accepts ${name} and does nothing with it`,
    };
  }
  if (!isReloadable(key, engine))
    return { action: 'restart', reason: `${name} is read at start only` };
  return demandOfReloadable(change, key);
}

function demandOfReloadable({ name, before, after }: Change, key: KeySpec): Demand {
  const clear = key.reload?.clear;
  if (key.reload?.absent === 'sticks' && isGone(key, after)) {
    const instead =
      clear === undefined ? '' : `; ${JSON.stringify(clear)} in the file clears it by reload`;
    return {
      action: 'restart',
      reason: `${name} keeps its old value through a reload when the file is silent${instead}`,
    };
  }
  const frozen = (key.reload?.startOnly ?? []).filter(
    (member) => memberOf(before, member) !== memberOf(after, member),
  );
  if (frozen.length > 0) {
    return {
      action: 'restart',
      reason: `${frozen.map((member) => `${name}.${member}`).join(', ')} is read at start only`,
    };
  }
  return { action: 'reload', reason: `${name} is re-read on reload` };
}

/** A reload takes the key for absent: it is, or it is the empty text (moby reload_unix.go); null is a value. */
function isGone(key: KeySpec, after: Json | undefined): boolean {
  return after === undefined || (key.shape === 'string' && isBlank(key, after));
}

/** Singular flag names, and objects whose members dockerd looks at instead, pass its check and do nothing (moby config.go, configValuesSet). */
function demandOfUnknown({ name, after }: Change): Demand {
  if (isFlagName(name) || (after !== null && typeof after === 'object' && !Array.isArray(after))) {
    return { action: 'none', note: `dockerd ignores ${name}` };
  }
  return after === undefined
    ? { action: 'none' }
    : { action: 'restart', reason: `${name} is not a key of dockerd` };
}
