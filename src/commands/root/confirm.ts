import { keptSentences } from '../../core/transaction/concurrent-edit.js';
import { confirmChange } from '../../system/transaction/confirmation.js';
import { daemonController } from '../../system/dockerd/control/controller.js';
import { defineCommand } from '../../app/context/command.js';

interface ConfirmData {
  readonly generation: number;
  readonly commandLine: string;
  /** Files that somebody else has written since: they stay as they are. */
  readonly kept: readonly string[];
}

export const command = defineCommand({
  summary: 'keep the change that was made with --confirm-within',
  args: [],
  options: {},
  examples: ['confirm'],
  run: async ({ host, options, commandLine }): Promise<ConfirmData> => {
    const daemon = daemonController(host);
    const entry = await confirmChange(host, { ...options, daemon, commandLine });
    const { generation, commandLine: confirmed, result } = entry;
    return { generation, commandLine: confirmed, kept: result?.kept ?? [] };
  },
  render: ({ generation, commandLine, kept }, style) =>
    [
      `${style.green('Kept')} change ${generation}: ${commandLine}`,
      ...keptSentences(kept).map(
        (sentence) => `${style.yellow('But')} ${sentence} as it is: see \`dockerctl status\``,
      ),
    ].join('\n'),
});
