import { atPointer, holdsInInfo, holdsInReloadEvent } from '../../plan/expectation.js';
import type { Json, JsonObject } from '../../formats/json/json-object.js';
import type { Expectation } from '../../plan/plan.js';

/** What a daemon showed: its /info and the attributes of its last `daemon reload` event. */
export interface DaemonEvidence {
  readonly info: JsonObject;
  /** null when dockerd was not reloaded: what only a reload event shows cannot be judged then. */
  readonly reloadEvent: Readonly<Record<string, string>> | null;
}

/** The expectations about the daemon that the evidence contradicts, a sentence each; none when all are met. */
export function unmetExpectations(
  expectations: readonly Expectation[],
  evidence: DaemonEvidence,
): string[] {
  return expectations.flatMap((expectation) => contradiction(expectation, evidence) ?? []);
}

/** What the expectations came to, as proof: what was seen as wanted, and what dockerd shows nowhere. */
export function proved(expectations: readonly Expectation[], evidence: DaemonEvidence): string[] {
  const keys = (shown: boolean) => [
    ...new Set(
      expectations.flatMap((one) =>
        'key' in one && isShown(one, evidence) === shown ? [one.key] : [],
      ),
    ),
  ];
  const [seen, unseen] = [keys(true), keys(false)];
  return [
    ...(seen.length === 0 ? [] : [`the daemon shows ${seen.join(', ')} as wanted`]),
    ...(unseen.length === 0
      ? []
      : [`this dockerd shows nowhere what it has for ${unseen.join(', ')}`]),
  ];
}

/** Whether there is a place where it can be seen: a field or an attribute that is not there agrees with nothing. */
function isShown(
  expectation: Extract<Expectation, { readonly key: string }>,
  { info, reloadEvent }: DaemonEvidence,
): boolean {
  return expectation.kind === 'info'
    ? atPointer(info, expectation.pointer) !== undefined
    : reloadEvent?.[expectation.attribute] !== undefined;
}

function contradiction(
  expectation: Expectation,
  { info, reloadEvent }: DaemonEvidence,
): string | null {
  switch (expectation.kind) {
    case 'registry':
    case 'served-certificate':
      return null;
    case 'reload-event': {
      const { key, attribute, value } = expectation;
      return reloadEvent === null || holdsInReloadEvent(expectation, reloadEvent)
        ? null
        : `${key}: the reload event says ${show(reloadEvent[attribute])}, not ${show(value)}`;
    }
    case 'info': {
      const { key, pointer, match, value } = expectation;
      return holdsInInfo(expectation, info)
        ? null
        : `${key}: /info${pointer} is ${show(atPointer(info, pointer))}, which ${VERBS[match]} ${show(value)}`;
    }
  }
}

const VERBS = { equals: 'is not', includes: 'lacks', excludes: 'still has' };

function show(value: Json | undefined): string {
  const text = value === undefined ? 'not there' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
