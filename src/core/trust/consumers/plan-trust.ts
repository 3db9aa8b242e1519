import { joinChanges, joinRefresh, strongestActivation } from '../../plan/join-plans.js';
import type { Plan } from '../../plan/plan.js';
import { chooseConsumers } from './consumers.js';
import type { Consumer, Subject, TrustRequest } from './consumer.js';
import type { Share } from './contribution.js';
import type { Tree } from '../../plan/snapshot.js';

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

function servedNotes(served: readonly Consumer[]): string[] {
  const names = served.map(({ name }) => name).join(', ');
  return names === '' ? [] : [`for ${names}; --to names others`];
}
