import type { Drift } from '../declaration/drift.js';

/** What the agent tells the journal. Each has a MESSAGE_ID for good: journal-fields.ts. */
export type ReportName =
  | 'drift-detected'
  | 'drift-resolved'
  | 'fight-suspected'
  | 'apply-started'
  | 'apply-committed'
  | 'apply-failed'
  | 'rolled-back'
  | 'rollback-failed'
  | 'paused'
  | 'resumed'
  | 'scan-failed'
  | 'recovered-at-start'
  | 'cert-expiring'
  | 'cert-presented'
  | 'declaration-read'
  | 'declaration-refused'
  | 'watching-degraded'
  | 'watching-restored';

export interface AgentReport {
  readonly name: ReportName;
  readonly drift: Drift | null;
  /** The rest of the sentence, for people. */
  readonly reason: string;
}
