import { addEntries } from '../../core/daemon/entries.js';
import { changeDaemonJson } from '../change.js';
import { defineCommand } from '../command.js';
import { renderOutcome } from '../outcome-text.js';
import { INSECURE, readHosts } from './host-list.js';

export const command = defineCommand({
  summary: 'let dockerd reach registries without verified TLS',
  args: [
    {
      name: 'HOST',
      describe: 'host, host:port or an address block such as 10.0.0.0/8',
      required: true,
      many: true,
    },
  ],
  options: {},
  examples: ['insecure add registry.example.com:5000'],
  run: (context, { args }) =>
    changeDaemonJson(context, {
      title: `insecure add ${args.join(' ')}`,
      key: INSECURE.key,
      edit: (document) => addEntries(document, INSECURE, readHosts(args).hosts),
      notes: () => readHosts(args).notes,
    }),
  render: renderOutcome,
});
