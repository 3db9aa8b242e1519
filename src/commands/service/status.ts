import { readPause } from '../../system/pause.js';
import { isSystemdBooted, showUnit } from '../../system/systemd.js';
import { defineCommand } from '../command.js';
import { UNITS } from './service-files.js';

export const command = defineCommand({
  summary: 'whether the agent runs, and whether it may repair',
  args: [],
  options: {},
  examples: ['service status'],
  run: async ({ host }) => {
    const unit = { kind: 'systemd', unit: UNITS[0], socketUnit: null, user: false } as const;
    const state = isSystemdBooted(host) ? await showUnit(host, unit) : null;
    return {
      installed: state !== null,
      active: state?.activeState ?? 'inactive',
      pid: state?.mainPid ?? 0,
      pause: readPause(host),
    };
  },
  render: ({ installed, active, pid, pause }, style) => {
    if (!installed) return 'The agent is not installed. Try: dockerctl service install';
    const running = active === 'active';
    const state = running ? style.green(`runs as pid ${pid}`) : style.red(`is ${active}`);
    const held =
      pause === null ? [] : [`${style.yellow('Paused')} by ${pause.by}: ${pause.reason}`];
    return [`The agent ${state}.`, ...held].join('\n');
  },
});
