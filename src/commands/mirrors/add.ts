import { addEntries } from '../../core/dockerd/options/entries.js';
import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { withMirrorCas } from '../../app/trust/mirror-cas.js';
import { renderOutcome } from '../text/outcome-text.js';
import { changeMirrorsFor } from '../../app/trust/mirrors-for.js';
import { checkMirrors, FOR, refuseWithoutFor, URLS } from './mirror-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'add registry mirrors at the end',
  args: URLS,
  options: FOR,
  examples: [
    'mirrors add https://mirror.example.com',
    'mirrors add --for ghcr.io https://mirror.example.com:5000',
  ],
  run: (context, { args, options }) => {
    const { for: registry, ca, to } = options;
    refuseWithoutFor(options);
    if (registry !== undefined)
      return changeMirrorsFor(context, { registry, ca, to }, { added: checkMirrors(args, null) });
    return changeDaemonJson(
      context,
      {
        title: `mirrors add ${args.join(' ')}`,
        key: MIRRORS.key,
        edit: (document, { version }) => addEntries(document, MIRRORS, checkMirrors(args, version)),
      },
      withMirrorCas(context),
    );
  },
  render: renderOutcome,
});
