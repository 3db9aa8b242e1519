import { found } from '../codes.js';
import type { Finding } from '../../plan/finding.js';
import { utcTime } from '../../text/utc-time.js';
import type { AgentTrouble } from '../../agent/agent-status.js';
import type { Family } from '../facts.js';

export const AGENT = 'dockerctl.service';

export const agentFamily: Family = {
  name: 'agent',
  unseen: ({ filesOnly, stateHidden }) => filesOnly || stateHidden,
  ok: ({ units }) =>
    units.get(AGENT)?.get('LoadState') === 'loaded'
      ? 'it runs'
      : 'not installed, and nothing declared',
  find: ({ units, pause, declared, agentOutdated, agentTrouble }) => {
    const unit = units.get(AGENT);
    if (unit?.get('LoadState') !== 'loaded') {
      return declared && units.size > 0
        ? [
            found('agent-not-installed', {
              subject: AGENT,
              message: 'there is a declaration, and nothing that keeps this machine as declared.',
              hint: 'dockerctl service install',
            }),
          ]
        : [];
    }
    if (!['active', 'activating', 'reloading'].includes(unit.get('ActiveState') ?? '')) {
      return [
        found('agent-down', {
          subject: AGENT,
          message: 'it does not run: nothing is repaired, and no certificate renewed.',
          hint: `systemctl restart ${AGENT}`,
        }),
      ];
    }
    const old = agentOutdated
      ? [
          found('agent-outdated', {
            subject: AGENT,
            message: 'it runs an older program than is installed: it was not restarted since.',
            hint: `systemctl restart ${AGENT}`,
          }),
        ]
      : [];
    const troubled = agentTrouble === null ? [] : [troubleOf(agentTrouble)];
    const known = [...old, ...troubled];
    return pause === null
      ? known
      : [
          ...known,
          found('agent-paused', {
            subject: AGENT,
            message: `${pause.by} paused it: ${pause.reason}.`,
            hint: 'dockerctl resume',
          }),
        ];
  },
};

function troubleOf({ what, since, reason }: AgentTrouble): Finding {
  const said = what === 'look' ? 'it cannot look at this machine' : 'its repairs fail';
  return found('agent-failing', {
    subject: AGENT,
    message: `${said} since ${utcTime(since)}: ${reason.replace(/\.$/, '')}.`,
    hint: 'see what is adrift, and repair it by hand once the cause is gone: `dockerctl drift --repair`',
  });
}
