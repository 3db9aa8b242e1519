import type { Severity } from '../../plan/finding.js';

/** One code of `config validate`, as docs/findings.md prints it. */
export interface FindingCode {
  /** What it is when it does not stop dockerd from starting; what does is always an error. */
  readonly severity: Severity;
  readonly meaning: string;
  readonly advice: string;
}
