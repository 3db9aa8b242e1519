import type { Plan } from './plan.js';

/** `error`: does not work or would not start. `warning`: works, but not as meant. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that is not as it should be. `validate`, `verify`, `doctor`, `drift` and `certs check` all return these. */
export interface Finding {
  /** Stable, kebab-case, never reused: people filter by it. docs/findings.md lists all. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is about: a daemon.json key, a registry, a certificate name, a unit. */
  readonly subject: string;
  /** The file, where there is one, and the place in it, counted from 1. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong and why it matters. */
  readonly message: string;
  /** What to type or change. */
  readonly hint: string;
  /** The plan that fixes it, where that is mechanical. */
  readonly fix?: Plan;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Errors first, then by file, line and column. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] ||
      order(a.path ?? '', b.path ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

/** By code unit: what a locale says is no order of paths, and looking it up costs more than the sorting. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}
