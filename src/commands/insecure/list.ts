import { entriesOf } from '../../core/daemon/entries.js';
import { atPointer } from '../../core/expectation.js';
import { insecureEntry } from '../../core/daemon/insecure.js';
import { stringsOf } from '../../core/daemon/meaning.js';
import type { JsonObject } from '../../core/json/object.js';
import type { Json } from '../../core/plan.js';
import { readDaemonJson } from '../daemon-json.js';
import { defineCommand } from '../command.js';
import { renderConfiguredAndLoaded } from '../lists-text.js';
import { INSECURE } from './host-list.js';

export const command = defineCommand({
  summary: 'list the registries that dockerd reaches without verified TLS',
  args: [],
  options: {},
  examples: ['insecure list'],
  run: async (context) => {
    const { document, observed } = await readDaemonJson(context);
    return {
      path: observed.configPath,
      configured: entriesOf(document, INSECURE).map((entry) => insecureEntry(entry).value),
      loaded: observed.info && loadedFrom(observed.info),
    };
  },
  render: (lists, style) =>
    renderConfiguredAndLoaded(lists, {
      style,
      none: 'None: every registry must show a trusted certificate.',
    }),
});

/** Hosts and address blocks stand in two places of /info; blocks for loopback are always there (moby daemon/info.go). */
function loadedFrom(info: JsonObject): string[] {
  const hosts = Object.entries(atPointer(info, '/RegistryConfig/IndexConfigs') ?? {})
    .filter(([, index]) => atPointer(index as Json, '/Secure') === false)
    .map(([host]) => host);
  return [...hosts, ...stringsOf(atPointer(info, '/RegistryConfig/InsecureRegistryCIDRs'))];
}
