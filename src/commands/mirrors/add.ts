import { addEntries } from '../../core/dockerd/options/entries.js';
import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { withMirrorCas } from '../../app/trust/mirror-cas.js';
import { renderOutcome } from '../text/outcome-text.js';
import { checkMirrors, URLS } from './mirror-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'add registry mirrors at the end',
  args: URLS,
  options: {},
  examples: ['mirrors add https://mirror.example.com'],
  run: (context, { args }) =>
    changeDaemonJson(
      context,
      {
        title: `mirrors add ${args.join(' ')}`,
        key: MIRRORS.key,
        edit: (document, { version }) => addEntries(document, MIRRORS, checkMirrors(args, version)),
      },
      withMirrorCas(context),
    ),
  render: renderOutcome,
});
