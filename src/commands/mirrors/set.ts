import { setEntries } from '../../core/dockerd/options/entries.js';
import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { withMirrorCas } from '../../app/trust/mirror-cas.js';
import { renderOutcome } from '../text/outcome-text.js';
import { setMirrorsFor } from '../../app/trust/mirrors-for.js';
import { checkMirrors, FOR, refuseWithoutFor, URLS } from './mirror-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'make these the registry mirrors, in this order',
  args: URLS,
  options: FOR,
  examples: [
    'mirrors set https://mirror.example.com',
    'mirrors set --for ghcr.io https://mirror.example.com:5000 --ca mirror-ca.crt',
  ],
  run: (context, { args, options }) => {
    const { for: registry, ca, to } = options;
    refuseWithoutFor(options);
    if (registry !== undefined)
      return setMirrorsFor(context, { registry, urls: checkMirrors(args, null), ca, to });
    return changeDaemonJson(
      context,
      {
        title: `mirrors set ${args.join(' ')}`,
        key: MIRRORS.key,
        edit: (document, { version }) => setEntries(document, MIRRORS, checkMirrors(args, version)),
      },
      withMirrorCas(context),
    );
  },
  render: renderOutcome,
});
