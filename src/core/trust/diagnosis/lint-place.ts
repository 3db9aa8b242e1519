import type { Finding } from '../../plan/finding.js';
import type { Secrets } from '../../plan/plan.js';
import type { Snapshot } from '../../plan/snapshot.js';

export interface CertsFolder {
  /** `registry.example.com:5000`: the folder's name. */
  readonly registry: string;
  readonly folder: string;
  /** The keys of the folder; without them it is not checked whether pairs match. */
  readonly secrets?: Secrets;
  /** Milliseconds since 1970; without it nothing expires. */
  readonly now?: number;
}

/** A file in a folder of certs.d. */
export interface LintTarget {
  readonly name: string;
  readonly path: string;
  readonly snapshot: Snapshot;
  readonly place: CertsFolder;
}

/** What is found of that file. */
export type LintProblem = Omit<Finding, 'subject' | 'path'>;
