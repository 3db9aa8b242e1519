import type { Pause } from '../../core/agent/state.js';
import { printable } from '../../core/text/printable.js';
import { readPause } from '../../system/machine/pause.js';
import { readAgentStatus } from '../../system/machine/agent-status-file.js';
import { isSystemdBooted } from '../../system/systemd/systemctl.js';
import { showUnit } from '../../system/systemd/unit-state.js';
import { defineCommand } from '../../app/context/command.js';
import { agentStatusLines } from '../text/agent-status-text.js';
import { localTime } from '../text/local-time.js';
import { UNIT } from './service-files.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'whether the agent runs, what it sees, and whether it may repair',
  args: [],
  options: {},
  examples: ['service status'],
  run: async ({ host }) => {
    const unit = { kind: 'systemd', unit: UNIT, socketUnit: null, user: false } as const;
    const state = isSystemdBooted(host) ? await showUnit(host, unit) : null;
    const agent = readAgentStatus(host);
    const below = host.self.root !== null && host.fs.stat(`/etc/systemd/system/${UNIT}`) !== null;
    return {
      installed: state !== null || below,
      active: state?.activeState ?? 'inactive',
      pid: agent?.pid ?? state?.mainPid ?? 0,
      agent,
      pause: readPause(host),
    };
  },
  render: ({ installed, active, agent, pause }, style) =>
    [
      ...(installed
        ? [`${UNIT} is ${active === 'active' ? style.green(active) : style.red(active)}`]
        : ['The agent is not installed. Try: dockerctl service install']),
      ...(agent === null ? [] : agentStatusLines(agent, style)),
      ...(pause === null
        ? []
        : [
            `${style.yellow('Paused')} by ${pause.by}${untilOf(pause)}: ${printable(pause.reason)}`,
          ]),
    ].join('\n'),
});

function untilOf({ until }: Pause): string {
  return until === null ? '' : ` until ${localTime(until)}`;
}
