import { DOCKER_HUB } from '../../core/dockerd/options/docker-hub.js';
import { entriesOf } from '../../core/dockerd/options/entries.js';
import { atPointer } from '../../core/plan/expectation.js';
import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { flagEntries } from '../../core/dockerd/observed/flag-entries.js';
import { MIRRORS, normalizeMirror, normalizeMirrors } from '../../core/dockerd/options/mirrors.js';
import type { DaemonConfig } from '../../core/dockerd/activation/activation.js';
import { configOf } from '../../core/dockerd/config/edit.js';
import { imageStore, readsHostsToml } from '../../core/dockerd/observed/image-store.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Host } from '../../host/host.js';
import { readHostsFiles } from '../../system/trust/hosts-files.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';
import { cut, MOST_LISTED } from '../text/cut.js';
import { renderConfiguredAndLoaded } from '../text/lists-text.js';
import { noteLines } from '../text/note-lines.js';

export const command = defineCommand({
  looks: () => true,
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
      ...othersOf(context.host, observed, configOf(document)),
    };
  },
  render: (lists, style) =>
    [
      renderConfiguredAndLoaded(lists, {
        style,
        none: 'No mirrors: Docker Hub is asked directly.',
      }),
      ...cut(
        lists.hosts.map(
          ({ registry, urls, path }) => `${registry}: ${urls.join(', ')}  ${style.dim(path)}`,
        ),
        MOST_LISTED,
      ),
      ...noteLines(lists.notes, style),
    ].join('\n'),
});

/** Mirrors of any registry, as hosts.toml names them for dockerd. */
function othersOf(host: Host, observed: ObservedDaemon, config: DaemonConfig) {
  const files = readHostsFiles(host, observed.certsDir);
  const hosts = files.flatMap(({ registry, path, file }) =>
    file === null || file.hosts.length === 0
      ? []
      : [{ registry, path, urls: file.hosts.map(({ url }) => url) }],
  );
  const read = readsHostsToml(imageStore(observed, config), observed.version);
  const hub = hosts.find(({ registry }) => registry === DOCKER_HUB);
  const broken = files.filter(({ file }) => file === null).map(({ path }) => path);
  return {
    hosts,
    notes: [
      ...(hosts.length > 0 && !read
        ? ['dockerd reads no hosts.toml here: it does from 28.0 on, with its images in containerd']
        : []),
      ...(read && hub !== undefined
        ? [`for Docker Hub dockerd asks those of ${hub.path}, and not the mirrors of daemon.json`]
        : []),
      ...broken.map((path) => `${path} is no TOML, and dockerd passes it over`),
    ],
  };
}
