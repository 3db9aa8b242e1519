import { missingEntries, removeEntries } from '../../core/dockerd/options/entries.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import { HOSTS, readHosts } from './host-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'demand verified TLS again',
  args: HOSTS,
  options: {},
  examples: ['insecure remove registry.example.com:5000'],
  run: (context, { args }) =>
    changeDaemonJson(context, {
      title: `insecure remove ${args.join(' ')}`,
      key: INSECURE.key,
      edit: (document) => removeEntries(document, INSECURE, args.flatMap(spellings)),
      notes: (document) =>
        args
          .filter((host) => {
            const known = spellings(host);
            return missingEntries(document, INSECURE, known).length === known.length;
          })
          .map((host) => `${host} was not in the list.`),
    }),
  render: renderOutcome,
});

/** As typed, for the file may hold what dockerd refuses, and as `insecure add` would have written it. */
function spellings(typed: string): string[] {
  try {
    return [...new Set([typed, ...readHosts([typed]).hosts])];
  } catch {
    return [typed];
  }
}
