import { entriesOf } from '../../core/dockerd/options/entries.js';
import { atPointer } from '../../core/plan/expectation.js';
import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { MIRRORS, normalizeMirror, normalizeMirrors } from '../../core/dockerd/options/mirrors.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { renderConfiguredAndLoaded } from '../text/lists-text.js';

export const command = defineCommand({
  summary: 'list the registry mirrors: of the file, of flags, and of the running daemon',
  args: [],
  options: {},
  examples: ['mirrors list', 'mirrors list --json'],
  run: async (context) => {
    const { document, observed } = await readDaemonJson(context);
    return {
      path: observed.configPath,
      configured: normalizeMirrors(entriesOf(document, MIRRORS)),
      flags: flagEntries(observed, MIRRORS.key).map(({ value, from }) => ({
        value: normalizeMirror(value),
        from,
      })),
      loaded: observed.info && stringsOf(atPointer(observed.info, '/RegistryConfig/Mirrors')),
    };
  },
  render: (lists, style) =>
    renderConfiguredAndLoaded(lists, { style, none: 'No mirrors: Docker Hub is asked directly.' }),
});
