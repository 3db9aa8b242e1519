import { joinChanges, joinRefresh, strongestActivation } from '../../plan/join-plans.js';
import type { Plan } from '../../plan/plan.js';
import { chooseConsumers } from './consumers.js';
import type { Consumer, RegistryOnMachine, TrustRequest } from '../contributions/consumer.js';
import { after, NOTHING, type Contribution } from '../contributions/contribution.js';
import { unverifiedNotes } from './unverified.js';
import { recordAsItIs } from '../contributions/recorded.js';
import type { Snapshot } from '../../plan/snapshot.js';

/** What every chosen consumer must be given; `rest` is the change of daemon.json that belongs to it. */
export function planTrust(title: string, request: TrustRequest, snapshot: Snapshot): Plan {
  const chosen = chooseConsumers(request.machine, snapshot);
  const given = chosen.map((consumer) => consumer.add(request, snapshot));
  const some = given.some(({ changes }) => changes.length > 0);
  const contributions = chosen.map((consumer, index) => {
    const contribution = given[index] ?? NOTHING;
    if (!some || contribution.changes.length > 0) return contribution;
    return { ...contribution, changes: recordAsItIs(consumer, request, snapshot) };
  });
  const served = chosen.filter(
    ({ name }, index) =>
      (given[index]?.changes.length ?? 0) > 0 || (name === 'docker' && request.material.insecure),
  );
  const names = chosen.map(({ name }) => name);
  const left = after(snapshot, joinChanges(given.flatMap(({ changes }) => changes)));
  const open = unverifiedNotes(request, names, { before: snapshot, left });
  return join(title, contributions, [...servedNotes(served), ...open]);
}

/** What every chosen consumer must give back. */
export function planDistrust(title: string, subject: RegistryOnMachine, snapshot: Snapshot): Plan {
  const contributions = chooseConsumers(subject.machine, snapshot).map((consumer) =>
    consumer.remove(subject, snapshot),
  );
  return join(title, contributions, []);
}

/** One plan of several contributions, each decided on what the ones before it leave. */
export function planContributions(title: string, contributions: readonly Contribution[]): Plan {
  return join(title, contributions, []);
}

function join(
  title: string,
  contributions: readonly Contribution[],
  notes: readonly string[],
): Plan {
  const changes = joinChanges(contributions.flatMap((contribution) => contribution.changes));
  return {
    title,
    changes,
    // Who takes nothing out has made no folder empty.
    prune: [
      ...new Set(
        contributions
          .filter((contribution) => contribution.changes.length > 0)
          .flatMap((contribution) => contribution.prune),
      ),
    ],
    refresh: joinRefresh(contributions.flatMap((contribution) => contribution.refresh)),
    activation: strongestActivation(contributions.map((contribution) => contribution.activation)),
    expect: [],
    notes: [...notes, ...new Set(contributions.flatMap((contribution) => contribution.notes))],
  };
}

function servedNotes(served: readonly Consumer[]): string[] {
  const names = served.map(({ name }) => name).join(', ');
  return names === '' ? [] : [`for ${names}; --to names others`];
}
