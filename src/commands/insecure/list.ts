import { entriesOf } from '../../core/dockerd/options/entries.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { INSECURE, insecureEntry } from '../../core/dockerd/options/insecure.js';
import { redactAddress } from '../../core/text/redact-urls.js';
import { insecureInInfo } from '../../core/registry/insecure-list.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { renderConfiguredAndLoaded } from '../text/lists-text.js';

export const command = defineCommand({
  summary: 'list the registries that dockerd reaches without verified TLS',
  args: [],
  options: {},
  examples: ['insecure list'],
  run: async (context) => {
    const { document, observed } = await readDaemonJson(context);
    return {
      path: observed.configPath,
      configured: entriesOf(document, INSECURE).map((entry) =>
        redactAddress(insecureEntry(entry).value),
      ),
      flags: flagEntries(observed, INSECURE.key).map(({ value, from }) => ({
        value: redactAddress(insecureEntry(value).value),
        from,
      })),
      loaded: observed.info && insecureInInfo(observed.info),
    };
  },
  render: (lists, style) =>
    renderConfiguredAndLoaded(lists, {
      style,
      none: 'None: every registry must show a trusted certificate.',
    }),
});
