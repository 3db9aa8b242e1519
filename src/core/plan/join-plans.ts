import type { Activation, ActivationAction, FileChange, Plan, RefreshCommand } from './plan.js';

const ORDER: readonly ActivationAction[] = ['none', 'reload', 'restart'];

/** Both, the second after the first, which gives the title. Decide the second on what the first leaves. */
export function joinPlans(first: Plan, second: Plan): Plan {
  return {
    ...first,
    changes: joinChanges([...first.changes, ...second.changes]),
    prune: [...new Set([...first.prune, ...second.prune])],
    refresh: joinRefresh([...first.refresh, ...second.refresh]),
    activation: strongestActivation([first.activation, second.activation]),
    expect: [...first.expect, ...second.expect],
    notes: [...new Set([...first.notes, ...second.notes])],
  };
}

/** A file that several change is changed once, from what it was to what it will be; what was made and taken away never was. */
export function joinChanges(changes: readonly FileChange[]): FileChange[] {
  const joined = new Map<string, FileChange>();
  for (const change of changes) {
    const { before } = joined.get(change.path) ?? change;
    joined.set(change.path, { ...change, before });
  }
  return [...joined.values()].filter(({ before, after }) => before !== null || after !== null);
}

/** A store is compiled once, after all that goes into it. */
export function joinRefresh(commands: readonly RefreshCommand[]): RefreshCommand[] {
  return [...new Map(commands.map((command) => [JSON.stringify(command.argv), command])).values()];
}

/** The one that covers all, with the reasons of those that ask for it. */
export function strongestActivation(activations: readonly Activation[]): Activation {
  const action = strongestAction(activations);
  const reasons = activations.flatMap((one) => (one.action === action ? one.reasons : []));
  const harmful = activations.filter((one) => one.action === action);
  const emptyStart = [...new Set(harmful.flatMap((one) => one.emptyStart ?? []))];
  return {
    action,
    reasons: [...new Set(reasons)],
    ...(harmful.length > 0 &&
      harmful.every((one) => one.harmfulReload === true) && { harmfulReload: true }),
    ...(emptyStart.length > 0 && { emptyStart }),
  };
}

export function strongestAction(
  demands: readonly { readonly action: ActivationAction }[],
): ActivationAction {
  return ORDER.findLast((action) => demands.some((one) => one.action === action)) ?? 'none';
}
