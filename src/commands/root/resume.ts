import { endPause, readPause } from '../../system/pause.js';
import { defineCommand } from '../command.js';

export const command = defineCommand({
  summary: 'let the agent repair again, also what it has given up',
  args: [],
  options: {},
  examples: ['resume'],
  run: ({ host }) => {
    const paused = readPause(host) !== null;
    endPause(host);
    return Promise.resolve({ paused });
  },
  render: ({ paused }) =>
    paused ? 'Repairs go on.' : 'Repairs were not paused; what was given up is tried again.',
});
