import { configOf } from '../dockerd/config/edit.js';
import type { KeyState } from '../dockerd/running/key-state.js';
import { keyStates } from '../dockerd/running/key-states.js';
import { expectationsOf } from '../dockerd/activation/proof.js';
import { engineOf } from '../dockerd/options/keys/version.js';
import { holdsInInfo } from '../plan/expectation.js';
import type { Path } from '../formats/json/json-path.js';
import { redactAt } from '../text/redact.js';
import type { Expectation } from '../plan/plan.js';
import type { Json } from '../formats/json/json-object.js';
import { type DaemonSituation, wantedFile } from './wanted-file.js';
import { isApplied, type DesiredValue, desiredValuesOf } from './desired-values.js';

/** A key that the file has as declared and the running daemon has not. */
export interface StaleKey {
  readonly name: string;
  readonly value: Json | undefined;
  /** What dockerd has in its place, and where that is seen. */
  readonly has: string;
  /** What /info should show. */
  readonly unmet: readonly Expectation[];
  readonly action: 'reload' | 'restart';
  /** The default bridge stays as it is through every restart that keeps containers. */
  readonly needsEmptyStart: boolean;
}

export function staleKeys(situation: DaemonSituation): StaleKey[] {
  const { observed } = situation;
  const { info } = observed;
  const granted = grantedStates(situation);
  if (info === null || granted === null) return [];
  const engine = engineOf(observed.version);
  return granted.flatMap(({ state, value }): StaleKey[] => {
    const { key: name, pending, current, shown } = state;
    if (pending === null) return [];
    const unmet = expectationsOf({
      name,
      before: undefined,
      after: value,
      engine,
      action: 'restart',
    }).filter((one) => one.kind === 'info' && !holdsInInfo(one, info));
    const has = current?.value === undefined ? "dockerd's default" : show([name], current.value);
    return [
      {
        name,
        value,
        has: shown === null ? has : `${has} (${shown.where})`,
        unmet,
        action: pending === 'reload' ? 'reload' : 'restart',
        needsEmptyStart: pending === 'restart without containers',
      },
    ];
  });
}

/** Keys that are as declared in the file, of which nobody knows whether dockerd was started with them. */
export function unknownKeys(situation: DaemonSituation): string[] {
  const granted = situation.observed.info === null ? null : grantedStates(situation);
  return (granted ?? [])
    .filter(({ state, value }) => state.evidence === 'unknown' && value !== undefined)
    .map(({ state }) => state.key);
}

interface Granted {
  readonly state: KeyState;
  readonly value: Json | undefined;
}

/** What is declared and stands in the file so; null where the file says nothing. */
function grantedStates(situation: DaemonSituation): Granted[] | null {
  const { declaration, observed } = situation;
  const file = wantedFile(situation);
  if (file.lost !== null) return null;
  const config = configOf(file.document);
  const wishes = desiredValuesOf(declaration);
  const open = new Set(wishes.filter((wish) => !isApplied(file.document, wish)).map(nameOf));
  const names = new Set(wishes.map(nameOf).filter((name) => !open.has(name)));
  return keyStates(observed, file.document)
    .filter(({ key }) => names.has(key))
    .map((state) => ({ state, value: config[state.key] }));
}

/** The key of daemon.json that the value belongs to. */
export function nameOf({ path }: DesiredValue): string {
  return path[0] ?? '';
}

/** A value for a message: secrets redacted. */
export function show(path: Path, value: Json): string {
  const text = JSON.stringify(redactAt(path, value));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
