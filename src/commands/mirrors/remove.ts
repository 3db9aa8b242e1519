import { missingEntries, removeEntries } from '../../core/dockerd/options/entries.js';
import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { changeMirrorsFor } from '../../app/trust/mirrors-for.js';
import { FOR, refuseWithoutFor, URLS } from './mirror-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'remove registry mirrors',
  args: URLS,
  options: { for: FOR.for, to: FOR.to },
  examples: [
    'mirrors remove https://mirror.example.com',
    'mirrors remove --for ghcr.io https://mirror.example.com:5000',
  ],
  run: (context, { args, options }) => {
    const { for: registry, to } = options;
    refuseWithoutFor({ ...options, ca: undefined });
    if (registry !== undefined)
      return changeMirrorsFor(context, { registry, ca: undefined, to }, { gone: args });
    return changeDaemonJson(context, {
      title: `mirrors remove ${args.join(' ')}`,
      key: MIRRORS.key,
      edit: (document) => removeEntries(document, MIRRORS, args),
      notes: (document) =>
        missingEntries(document, MIRRORS, args).map((url) => `${url} was not a mirror.`),
    });
  },
  render: renderOutcome,
});
