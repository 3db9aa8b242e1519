import { refusePrivateWorld } from '../../system/history/state-access.js';
import { USER_OPTION } from '../../app/context/certs-options.js';
import { defineCommand } from '../../app/context/command.js';
import { adoptMachine } from '../../app/adopt/adopt-machine.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'write a declaration of what is there today',
  args: [],
  options: {
    force: { type: 'boolean', describe: 'write over the declaration that is there' },
    ...USER_OPTION,
  },
  examples: ['adopt --dry-run', 'adopt'],
  run: async (context, { options: { force, user } }) => {
    refusePrivateWorld(context.host, { user, command: 'adopt' });
    return adoptMachine(context, { force });
  },
  render: renderOutcome,
});
