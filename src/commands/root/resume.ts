import { endPause, readPause } from '../../system/machine/pause.js';
import { liftQuarantine } from '../../system/history/quarantine.js';
import { defineCommand } from '../../app/context/command.js';
import { refuseRootsAgent } from '../service/service-files.js';

export const command = defineCommand({
  summary: 'let the agent repair again, also what it gave up',
  args: [],
  options: {},
  examples: ['resume'],
  run: ({ host, options: { dryRun }, commandLine }) => {
    refuseRootsAgent(host, commandLine);
    const paused = readPause(host) !== null;
    if (!dryRun) {
      // First: the agent acts at once when the pause is over.
      liftQuarantine(host);
      endPause(host);
    }
    return Promise.resolve({ paused, dryRun });
  },
  render: ({ paused, dryRun }) => {
    const tense = dryRun ? 'would be' : 'is';
    const given = `what was given up or refused ${tense} tried again.`;
    if (!paused) return `Repairs were not paused; ${given}`;
    return `Repairs ${dryRun ? 'would go on' : 'go on'}, and ${given}`;
  },
});
