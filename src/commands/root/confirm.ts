import { confirmChange } from '../../system/confirmation.js';
import { daemonDeeds } from '../../system/daemon-deeds.js';
import { defineCommand } from '../command.js';

interface Answer {
  readonly generation: number;
  readonly commandLine: string;
}

export const command = defineCommand({
  summary: 'keep the change that was made with --confirm-within',
  args: [],
  options: {},
  examples: ['confirm'],
  run: async ({ host, options, commandLine }): Promise<Answer> => {
    const daemon = daemonDeeds(host);
    const entry = await confirmChange(host, { ...options, daemon, commandLine });
    return { generation: entry.generation, commandLine: entry.commandLine };
  },
  render: ({ generation, commandLine }, style) =>
    `${style.green('Kept')} change ${generation}: ${commandLine}`,
});
