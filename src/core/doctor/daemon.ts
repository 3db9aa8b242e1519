import { decideActivation } from '../daemon/activation.js';
import { holdsInInfo } from '../expectation.js';
import type { Finding } from '../finding.js';
import type { DoctorFacts, Family } from './facts.js';

export const daemonFamily: Family = {
  name: 'daemon',
  ok: 'dockerd runs, with what its file says',
  find: (facts) => [...down(facts), ...notLoaded(facts)],
};

/** `start-limit-hit`: systemd refuses every further start, also with a good file (systemd.unit(5), StartLimitBurst). */
function down({ observed, unitResult }: DoctorFacts): Finding[] {
  const { state, configPath } = observed;
  if (state === 'running') return [];
  if (state === 'absent') {
    return [
      {
        code: 'daemon-absent',
        severity: 'info',
        subject: 'dockerd',
        message: 'There is no dockerd on this machine: files can be written, nobody can be told.',
        hint: 'apt-get install docker.io',
      },
    ];
  }
  const limited = unitResult === 'start-limit-hit';
  return [
    {
      code: limited ? 'daemon-start-limited' : 'daemon-down',
      severity: 'error',
      subject: 'dockerd',
      message: limited
        ? 'dockerd failed so often that systemd refuses to start it again, also with a good file.'
        : `dockerd is ${state}.`,
      hint: `dockerctl config validate ${configPath} && dockerctl daemon restart`,
    },
  ];
}

/** Keys of the file that /info contradicts: somebody edited it and did not tell dockerd. */
function notLoaded({ observed, config }: DoctorFacts): Finding[] {
  const { info } = observed;
  if (info === null || config === null) return [];
  return Object.entries(config).flatMap(([key, value]) => {
    const { activation, expect } = decideActivation({}, { [key]: value }, observed);
    if (expect.every((one) => one.kind !== 'info' || holdsInInfo(one, info))) return [];
    const action = activation.action === 'reload' ? 'reload' : 'restart';
    return [
      {
        code: 'config-not-loaded',
        severity: 'warning' as const,
        subject: key,
        path: observed.configPath,
        message: `${key} of the file is not what the running dockerd uses: it was not told, or refused.`,
        hint: `dockerctl daemon ${action}`,
      },
    ];
  });
}
