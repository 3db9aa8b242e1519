import { configOf, planDaemonEdit } from '../dockerd/config/edit.js';
import { sameBytes } from '../dockerd/config/file.js';
import { strongestActivation } from '../plan/join-plans.js';
import { NO_ACTIVATION, type Activation, type Plan } from '../plan/plan.js';
import { runningConfig, runningWithoutFile } from '../dockerd/running/running-config.js';
import { LOADED, WHOLE_FILE } from './daemon-drift.js';
import { staleKeys } from './stale-keys.js';
import { decideFrom, documentOf, type DaemonSituation, wantedFile } from './wanted-file.js';
import { applyValue, desiredValuesOf } from './desired-values.js';

/** Which drifts a plan shall repair; null: all. */
export type ChosenDrifts = ReadonlySet<string> | null;

/** The daemon's part of a plan: its file, and whatever makes it run with it. Throws as `planDaemonEdit` does. */
export function planDaemon(situation: DaemonSituation, title: string, chosen: ChosenDrifts): Plan {
  const { declaration, observed } = situation;
  const isChosen = (id: string): boolean => chosen === null || chosen.has(id);
  const file = wantedFile(situation);
  const lost = file.lost !== null && file.from !== null;
  const desiredValues = desiredValuesOf(declaration).filter(({ id }) =>
    isChosen(lost ? WHOLE_FILE : id),
  );
  const edited = planDaemonEdit(
    { ...observed, configFile: file.from === null ? observed.configFile : file.image },
    { title, edit: (document) => desiredValues.reduce(applyValue, document) },
    { activate: 'auto' },
  );
  const after =
    edited.changes.find(({ path }) => path === observed.configPath)?.after ?? file.image;
  const changed = desiredValues.length > 0 && !sameBytes(observed.configFile, after);
  const wanted = configOf((after && documentOf(after)) ?? file.document);
  const current = lost
    ? runningWithoutFile(observed, wanted)
    : runningConfig(observed, file.document, { after: wanted, asked: [] });
  const decision = changed ? decideFrom(current, wanted, situation) : null;
  const stale = staleKeys(situation).filter(
    ({ name, needsEmptyStart }) =>
      isChosen(`${LOADED}${name}`) && !(needsEmptyStart && observed.containers.length > 0),
  );
  const told = situation.readsInstead === null;
  return {
    ...edited,
    changes: changed ? [{ path: observed.configPath, before: observed.configFile, after }] : [],
    activation: told
      ? strongestActivation([
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
