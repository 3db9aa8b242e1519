import { missingEntries, removeEntries } from '../../core/dockerd/options/entries.js';
import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { URLS } from './mirror-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'remove registry mirrors',
  args: URLS,
  options: {},
  examples: ['mirrors remove https://mirror.example.com'],
  run: (context, { args }) =>
    changeDaemonJson(context, {
      title: `mirrors remove ${args.join(' ')}`,
      key: MIRRORS.key,
      edit: (document) => removeEntries(document, MIRRORS, args),
      notes: (document) =>
        missingEntries(document, MIRRORS, args).map((url) => `${url} was not a mirror.`),
    }),
  render: renderOutcome,
});
