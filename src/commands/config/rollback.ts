import { foreignEdits, planRollback } from '../../core/rollback.js';
import { DockerctlError } from '../../errors.js';
import { readOldSecrets, readPast, readPresent } from '../../system/history.js';
import { observeDaemon } from '../../system/observe.js';
import { applyChange } from '../change.js';
import { defineCommand } from '../command.js';
import { renderOutcome } from '../outcome-text.js';

export const command = defineCommand({
  summary: 'bring back the exact files from before a change: the last one, or ID and all after it',
  args: [{ name: 'ID', describe: 'a change from `config history`' }],
  options: {},
  examples: ['config rollback', 'config rollback 12'],
  run: async (context, { args: [id] }) => {
    const { host, options, terminal } = context;
    const past = readPast(host, id === undefined ? null : numberOf(id));
    const observed = await observeDaemon(host, options);
    const present = { images: readPresent(host, past), observed };
    const foreign = foreignEdits(past, present);
    if (
      foreign.length > 0 &&
      !options.dryRun &&
      !(await terminal.confirm(question(foreign), '--yes'))
    )
      throw notWanted(foreign);
    const oldest = past.at(-1)?.generation.generation ?? 0;
    const plan = planRollback(`rollback to before change ${oldest}`, past, present);
    return applyChange(context, plan, readOldSecrets(host, past));
  },
  render: renderOutcome,
});

function numberOf(id: string): number {
  if (/^[1-9]\d{0,8}$/.test(id)) return Number(id);
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${id}" is not the number of a change`,
    hint: 'dockerctl config history',
  });
}

function question(foreign: readonly string[]): string {
  return `Somebody else changed ${foreign.join(' and ')} since. Take that back too?`;
}

function notWanted(foreign: readonly string[]): DockerctlError {
  return new DockerctlError({
    code: 'answer-needed',
    message: `nothing was rolled back: ${foreign.join(', ')} changed since`,
    hint: 'look at them, then run it again with --yes',
  });
}
