import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { tellDaemon } from './tell-daemon.js';

export const command = defineCommand({
  summary: 'restart dockerd; running containers run on where that is possible',
  args: [],
  options: {},
  examples: ['daemon restart', 'daemon restart --containers stop'],
  run: (context) => tellDaemon(context, 'restart'),
  render: renderOutcome,
});
