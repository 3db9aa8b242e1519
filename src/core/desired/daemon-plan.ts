import { configOf, planDaemonEdit } from '../daemon/edit.js';
import { bytesOf } from '../content.js';
import {
  NO_ACTIVATION,
  type Activation,
  type ActivationAction,
  type FileImage,
  type Plan,
} from '../plan.js';
import { LOADED, staleKeys, WHOLE_FILE } from './daemon-drift.js';
import { decideFrom, documentOf, type DaemonSituation, wantedFile } from './wanted-file.js';
import { grant, wishesOf } from './wishes.js';

/** Which drifts a plan shall mend; null: all. */
export type Chosen = ReadonlySet<string> | null;

/** The daemon's part of a plan: its file, and whatever makes it run with it. Throws as `planDaemonEdit` does. */
export function planDaemon(situation: DaemonSituation, title: string, chosen: Chosen): Plan {
  const { declaration, observed } = situation;
  const isChosen = (id: string): boolean => chosen === null || chosen.has(id);
  const file = wantedFile(situation);
  const lost = file.lost !== null && file.from !== null;
  const wishes = wishesOf(declaration).filter(({ id }) => isChosen(lost ? WHOLE_FILE : id));
  const edited = planDaemonEdit(
    { ...observed, configFile: file.from === null ? observed.configFile : file.image },
    { title, edit: (document) => wishes.reduce(grant, document) },
    { activate: 'auto' },
  );
  const after =
    edited.changes.find(({ path }) => path === observed.configPath)?.after ?? file.image;
  const changed = wishes.length > 0 && !sameImage(observed.configFile, after);
  const current = lost ? {} : configOf(file.document);
  const wanted = configOf((after && documentOf(after)) ?? file.document);
  const decision = changed ? decideFrom(current, wanted, situation) : null;
  const stale = staleKeys(situation).filter(({ name }) => isChosen(`${LOADED}${name}`));
  const told = situation.readsInstead === null;
  return {
    ...edited,
    changes: changed ? [{ path: observed.configPath, before: observed.configFile, after }] : [],
    activation: told
      ? strongest([
          decision?.activation ?? NO_ACTIVATION,
          ...stale.map(({ name, action }) => ({
            action,
            reasons: [`the running dockerd does not have ${name}`],
          })),
          ...(changed && observed.state === 'failed' ? [DOWN] : []),
        ])
      : NO_ACTIVATION,
    expect: told ? [...(decision?.expect ?? []), ...stale.flatMap(({ unmet }) => unmet)] : [],
    notes: [
      ...edited.notes,
      ...(lost && changed
        ? [`${observed.configPath} was lost; its last good content comes back`]
        : []),
    ],
  };
}

const DOWN: Activation = { action: 'restart', reasons: ['dockerd is down'] };

const RANK: Record<ActivationAction, number> = { none: 0, reload: 1, restart: 2 };

/** The one that covers all, with the reasons of those that ask for it. */
export function strongest(activations: readonly Activation[]): Activation {
  const action = activations.reduce<ActivationAction>(
    (best, one) => (RANK[one.action] > RANK[best] ? one.action : best),
    'none',
  );
  const reasons = activations.flatMap((one) => (one.action === action ? one.reasons : []));
  return { action, reasons: [...new Set(reasons)] };
}

function sameImage(a: FileImage | null, b: FileImage | null): boolean {
  if (a === null || b === null) return a === b;
  const [left, right] = [a, b].map(({ content }) => Buffer.from(bytesOf(content, new Map())));
  return left !== undefined && right !== undefined && left.equals(right);
}
