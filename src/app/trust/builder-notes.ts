import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Plan } from '../../core/plan/plan.js';
import { builderNotes } from '../../core/trust/consumers/builder-notes.js';
import { readPlans } from '../../system/history/history.js';
import type { Host } from '../../host/host.js';

/** What `docker build` does with a change of trust: said at the first such change that history knows, and not at each. */
export function newBuilderNotes(host: Host, observed: ObservedDaemon, plan: Plan): string[] {
  const notes = builderNotes(observed, plan);
  if (notes.length === 0) return notes;
  const said = new Set<string>();
  for (const { notes: earlier } of readPlans(host)) for (const note of earlier) said.add(note);
  return notes.filter((note) => !said.has(note));
}
