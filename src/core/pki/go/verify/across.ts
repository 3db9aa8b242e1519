import type { GoRules } from '../rules/generation.js';
import type { Refusal } from '../rules/refusal.js';

export interface SharedRefusal extends Refusal {
  /** The generations that refuse, as `Go 1.24`; null: all that were asked. */
  readonly onlyBy: readonly string[] | null;
}

/** One question to several generations. None: all accept. Where some accept, what the others say tells who they are. */
export function acrossEngines(
  engines: readonly GoRules[],
  ask: (rules: GoRules) => readonly Refusal[],
): SharedRefusal[] {
  const answers = engines.map((rules) => ({ rules, refusals: ask(rules) }));
  const refusing = answers.filter(({ refusals }) => refusals.length > 0);
  const names = refusing.map(({ rules }) => `Go ${rules.generation}`);
  const onlyBy = refusing.length === answers.length ? null : [...new Set(names)];
  const all = refusing.flatMap(({ refusals }) => refusals);
  const distinct = new Map(all.map((refusal) => [`${refusal.code} ${refusal.detail}`, refusal]));
  return [...distinct.values()].map((refusal) => ({ ...refusal, onlyBy }));
}
