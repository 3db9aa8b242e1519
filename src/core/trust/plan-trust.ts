import {
  NO_ACTIVATION,
  type Activation,
  type FileChange,
  type Plan,
  type RefreshCommand,
} from '../plan.js';
import { chooseConsumers } from './consumers.js';
import type { Consumer, Subject, TrustRequest } from './consumer.js';
import type { Share } from './share.js';
import type { Tree } from './tree.js';

const RANK = { none: 0, reload: 1, restart: 2 } as const;

/** What every chosen consumer must be given; `rest` is the change of daemon.json that belongs to it. */
export function planTrust(title: string, request: TrustRequest, tree: Tree): Plan {
  const chosen = chooseConsumers(request.machine, tree);
  const shares = chosen.map((consumer) => consumer.add(request, tree));
  const served = chosen.filter(
    ({ name }, index) =>
      (shares[index]?.changes.length ?? 0) > 0 || (name === 'docker' && request.material.insecure),
  );
  return join(title, shares, servedNotes(served));
}

/** What every chosen consumer must give back. */
export function planDistrust(title: string, subject: Subject, tree: Tree): Plan {
  const shares = chooseConsumers(subject.machine, tree).map((consumer) =>
    consumer.remove(subject, tree),
  );
  return join(title, shares, []);
}

/** One plan of several shares, each decided on what the ones before it leave. */
export function planShares(title: string, shares: readonly Share[]): Plan {
  return join(title, shares, []);
}

/** Both, the second after the first: files of trust before daemon.json. */
export function joinPlans(first: Plan, second: Plan): Plan {
  return {
    ...first,
    changes: [...first.changes, ...second.changes],
    prune: [...first.prune, ...second.prune],
    refresh: [...first.refresh, ...second.refresh],
    activation: strongestActivation([first.activation, second.activation]),
    expect: [...first.expect, ...second.expect],
    notes: [...first.notes, ...second.notes],
  };
}

function join(title: string, shares: readonly Share[], notes: readonly string[]): Plan {
  const changes = joinChanges(shares.flatMap((share) => share.changes));
  return {
    title,
    changes,
    prune: changes.length === 0 ? [] : [...new Set(shares.flatMap((share) => share.prune))],
    refresh: joinRefresh(shares.flatMap((share) => share.refresh)),
    activation: strongestActivation(shares.map((share) => share.activation)),
    expect: [],
    notes: [...notes, ...new Set(shares.flatMap((share) => share.notes))],
  };
}

/** A file that several change is changed once: from what it was to what it will be. */
function joinChanges(changes: readonly FileChange[]): FileChange[] {
  const joined = new Map<string, FileChange>();
  for (const change of changes) {
    const { before } = joined.get(change.path) ?? change;
    joined.set(change.path, { ...change, before });
  }
  return [...joined.values()];
}

/** A store is compiled once, after all that goes into it. */
function joinRefresh(commands: readonly RefreshCommand[]): RefreshCommand[] {
  return [...new Map(commands.map((command) => [JSON.stringify(command.argv), command])).values()];
}

function servedNotes(served: readonly Consumer[]): string[] {
  const names = served.map(({ name }) => name).join(', ');
  return names === '' ? [] : [`for ${names}; --to names others`];
}

export function strongestActivation(activations: readonly Activation[]): Activation {
  return activations.reduce<Activation>((one, other) => {
    if (RANK[other.action] === RANK[one.action]) {
      return { action: one.action, reasons: [...one.reasons, ...other.reasons] };
    }
    return RANK[other.action] > RANK[one.action] ? other : one;
  }, NO_ACTIVATION);
}
