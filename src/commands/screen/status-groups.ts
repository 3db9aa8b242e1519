import type { StatusFindings } from './status-data.js';
import type { Severity } from '../../core/plan/finding.js';

/** Findings of one code that one command settles. */
export interface FindingGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly hint: string;
  readonly of: StatusFindings['list'];
}

/** Errors first, else in the order in which `doctor` has them. */
export function groupFindings(list: StatusFindings['list']): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of list) {
    const { code, severity, hint } = finding;
    const key = JSON.stringify([code, severity, hint]);
    groups.set(key, { code, severity, hint, of: [...(groups.get(key)?.of ?? []), finding] });
  }
  const rank = ({ severity }: FindingGroup) => (severity === 'error' ? 0 : 1);
  return [...groups.values()].sort((a, b) => rank(a) - rank(b));
}
