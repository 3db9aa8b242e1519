import { observe } from '../../app/context/observe.js';
import { defineCommand } from '../../app/context/command.js';
import { daemonStatus, renderDaemonStatus } from './daemon-status.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'whether dockerd runs, what it reads, and what is pending',
  args: [],
  options: {},
  examples: ['daemon status', 'daemon status --json'],
  run: async (context) => daemonStatus(context.host, await observe(context)),
  render: renderDaemonStatus,
});
