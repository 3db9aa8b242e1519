import type { Finding } from '../plan/finding.js';
import { desiredValuesOf } from './desired-values.js';
import type { DaemonSituation } from './wanted-file.js';

/** Nothing that is declared of dockerd is in force in one that does not answer, whatever its file says. */
export function silentDaemon({ declaration, observed }: DaemonSituation): Finding[] {
  const { state, info, forbidden, pid, unseen = false } = observed;
  if ((state === 'absent' && !unseen) || info !== null || forbidden) return [];
  if (desiredValuesOf(declaration).length === 0) return [];
  const runs = state === 'running';
  return [
    {
      code: 'drift-unknown',
      severity: 'warning',
      subject: 'dockerd',
      message: runs
        ? `dockerd${pid === null ? '' : ` (pid ${pid})`} does not answer, so nobody knows what of its declaration is in force`
        : `dockerd does not run${unseen ? ', and systemd gives no answer' : ''}, so nothing of its declaration is in force; what its file says is looked at alone`,
      hint: runs ? 'dockerctl doctor' : 'dockerctl daemon restart',
    },
  ];
}
