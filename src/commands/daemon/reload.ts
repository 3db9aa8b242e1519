import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { tellDaemon } from './tell-daemon.js';

export const command = defineCommand({
  summary: 'make dockerd read its file again, and prove that it did',
  args: [],
  options: {},
  examples: ['daemon reload'],
  run: (context) => tellDaemon(context, 'reload'),
  render: renderOutcome,
});
