import { applyChange } from '../../app/change/apply-change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { removePlan, requireRoot, UNIT } from './service-files.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'stop the agent and take its unit away; declaration, history and boot recovery stay',
  args: [],
  options: {},
  examples: ['service remove'],
  run: async (context) => {
    const { host, options, commandLine } = context;
    if (!options.dryRun) requireRoot(host, commandLine);
    if (!options.dryRun && host.self.root === null) {
      // Fails where it was never installed, which is what is wanted.
      await host.exec
        .run(['systemctl', 'disable', '--now', UNIT], { timeoutMs: 200_000 })
        .catch(() => undefined);
    }
    return applyChange(context, removePlan(host));
  },
  render: renderOutcome,
});
