import type { Severity } from '../plan/finding.js';

/** One code of `doctor`, as docs/findings.md prints it. */
export interface DoctorCode {
  readonly severity: Severity;
  readonly meaning: string;
  readonly advice: string;
  /** `doctor --fix` fixes it: without being asked for by name, or only when its code is named. */
  readonly fix?: 'safe' | 'named';
}
