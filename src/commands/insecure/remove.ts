import { missingEntries, removeEntries } from '../../core/daemon/entries.js';
import { changeDaemonJson } from '../change.js';
import { defineCommand } from '../command.js';
import { renderOutcome } from '../outcome-text.js';
import { HOSTS, INSECURE } from './host-list.js';

export const command = defineCommand({
  summary: 'demand verified TLS again',
  args: HOSTS,
  options: {},
  examples: ['insecure remove registry.example.com:5000'],
  run: (context, { args }) =>
    changeDaemonJson(context, {
      title: `insecure remove ${args.join(' ')}`,
      key: INSECURE.key,
      edit: (document) => removeEntries(document, INSECURE, args),
      notes: (document) =>
        missingEntries(document, INSECURE, args).map((host) => `${host} was not in the list.`),
    }),
  render: renderOutcome,
});
