import { redactText } from '../text/redact.js';
import { printable } from '../text/printable.js';
import type { AgentReport, ReportName } from './report.js';

/** MESSAGE_IDs, for good: people match them, and templates/dockerctl.catalog explains them. */
export const MESSAGE_IDS: Readonly<Record<ReportName, string>> = {
  'drift-detected': '91a0c210378e4821b3e986f3bc81c87e',
  'drift-resolved': '1fc7e970dd064bce808bab1e4c4d328e',
  'apply-started': 'd76651e508484699ba1d072661d23c50',
  'apply-committed': 'bc3547a0c9a14f25bfc31cee158c0f10',
  'apply-failed': '13113f7b10f44c5c9d29c366bd7dbc62',
  'rolled-back': '7331ce81858f4d0f92b1f5e445487f7b',
  'rollback-failed': '2132634d6beb466183d4527ade9efcc5',
  'recovered-at-start': 'a6ddb1fc31bb4fcaa38012ef5061dce0',
  'fight-suspected': '0e8f70d600224573bf0cf722db53bdb8',
  'cert-expiring': '2b620e0745a2430587eff5013c5832a0',
  'cert-presented': '7d1c5f0a9b8e4b63a2f4e6d0c3b1985e',
  paused: 'dbe677068acd4ffebb7f03aad7bae6a8',
  resumed: 'dbe677068acd4ffebb7f03aad7bae6a8',
  'scan-failed': '41bdf82d0fce4c14a29ac4cca5115d5b',
  'declaration-read': 'f578ca0ff46b43bcbe8084c559c3141f',
  'declaration-refused': '8914ba75602a488c8e6078e5f1bb658e',
  'watching-degraded': '0b3235d3182c404387ff010371cdf88d',
  'watching-restored': '0b3235d3182c404387ff010371cdf88d',
};

/** syslog(3) levels. */
const PRIORITIES: Readonly<Record<ReportName, number>> = {
  'drift-detected': 4,
  'drift-resolved': 5,
  'apply-started': 6,
  'apply-committed': 5,
  'apply-failed': 3,
  'rolled-back': 3,
  'rollback-failed': 2,
  'recovered-at-start': 4,
  'fight-suspected': 1,
  'cert-expiring': 4,
  'cert-presented': 4,
  paused: 5,
  resumed: 5,
  'scan-failed': 3,
  'declaration-read': 5,
  'declaration-refused': 3,
  'watching-degraded': 4,
  'watching-restored': 5,
};

/** The fields of systemd.journal-fields(7) and our own; a value is one line, as `logger --journald` needs it. */
export function journalFields({
  name,
  drift,
  reason,
}: AgentReport): Readonly<Record<string, string>> {
  const about =
    drift === null
      ? {}
      : {
          DOCKERCTL_SCOPE: drift.scope,
          DOCKERCTL_POINTER: drift.id,
          DOCKERCTL_DESIRED_HASH: drift.wanted,
          DOCKERCTL_OBSERVED_HASH: drift.observed,
          DOCKERCTL_ACTION: drift.action,
          DOCKERCTL_CODE: drift.finding.code,
          ...(drift.finding.path !== undefined && { DOCKERCTL_PATH: drift.finding.path }),
        };
  const fields: Record<string, string> = {
    MESSAGE: messageOf({ name, drift, reason }),
    MESSAGE_ID: MESSAGE_IDS[name],
    PRIORITY: String(PRIORITIES[name]),
    SYSLOG_IDENTIFIER: 'dockerctl',
    DOCKERCTL_EVENT: name,
    DOCKERCTL_REASON: reason,
    ...about,
  };
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, printable(redactText(value), 1_000)]),
  );
}

/** The sentence that people read. */
export function messageOf({ name, drift, reason }: AgentReport): string {
  const subject = drift === null || name === 'drift-detected' ? '' : `${drift.finding.subject}: `;
  return `${name}: ${subject}${reason}`;
}
