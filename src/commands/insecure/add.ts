import { addEntries } from '../../core/dockerd/options/entries.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { HOSTS, readHosts } from './host-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'let dockerd reach registries without verified TLS',
  args: HOSTS,
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
