import { defineCommand } from '../../app/context/command.js';
import { readStatus } from '../screen/read-status.js';
import { renderStatus } from '../screen/status-text.js';

export const command = defineCommand({
  summary: 'one screen: the daemon, registries, certificates, drift, the agent',
  args: [],
  options: {},
  examples: ['status', 'status --json'],
  looks: () => true,
  run: (context) => readStatus(context),
  render: renderStatus,
});
