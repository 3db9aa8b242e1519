import { entriesOf } from '../../core/dockerd/options/entries.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { INSECURE, insecureEntry } from '../../core/dockerd/options/insecure.js';
import { configOf } from '../../core/dockerd/config/edit.js';
import { imageStore, readsHostsToml } from '../../core/dockerd/observed/image-store.js';
import { printable } from '../../core/text/printable.js';
import type { Host } from '../../host/host.js';
import { readAskedServers } from '../../system/trust/asked-servers.js';
import { readHostsFiles } from '../../system/trust/hosts-files.js';
import { redactAddress } from '../../core/text/redact-urls.js';
import { insecureInInfo } from '../../core/registry/insecure-list.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { renderConfiguredAndLoaded } from '../text/lists-text.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'list the registries that dockerd reaches without verified TLS',
  args: [],
  options: {},
  examples: ['insecure list'],
  run: async (context) => {
    const { document, observed } = await readDaemonJson(context);
    const read = readsHostsToml(imageStore(observed, configOf(document)), observed.version);
    return {
      hosts: read ? openByHostsToml(context.host, observed.certsDir) : [],
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
  render: (lists, style) => {
    const open = lists.hosts.map(
      ({ registry, url, path }) =>
        `${printable(registry)}: ${printable(url)} is not verified  ${style.dim(`by ${path}`)}`,
    );
    const listed = renderConfiguredAndLoaded(lists, {
      style,
      none: open.length > 0 ? '' : 'None: every registry must show a trusted certificate.',
    });
    return [...(listed === '' ? [] : [listed]), ...open].join('\n');
  },
});

/** What hosts.toml says of dockerd: `skip_verify`, and servers that are asked over http. */
function openByHostsToml(host: Host, certsDir: string) {
  return readHostsFiles(host, certsDir).flatMap(({ registry }) => {
    const asked = readAskedServers(host, certsDir, registry);
    return (asked?.servers ?? [])
      .filter(({ http, skipVerify }) => http || skipVerify)
      .map(({ url }) => ({ registry, url, path: asked?.path ?? '' }));
  });
}
