import { missingEntries, removeEntries } from '../../core/daemon/entries.js';
import { changeDaemonJson } from '../change.js';
import { defineCommand } from '../command.js';
import { renderOutcome } from '../outcome-text.js';
import { INSECURE } from './host-list.js';

export const command = defineCommand({
  summary: 'demand verified TLS again',
  args: [
    {
      name: 'HOST',
      describe: 'host, host:port or an address block such as 10.0.0.0/8',
      required: true,
      many: true,
    },
  ],
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
