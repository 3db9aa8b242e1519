import { configOf } from '../../core/dockerd/config/edit.js';
import { imageStore, readsHostsToml } from '../../core/dockerd/observed/image-store.js';
import type { Finding } from '../../core/plan/finding.js';
import { printable } from '../../core/text/printable.js';
import { readHostsFiles } from '../../system/trust/hosts-files.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';

/** For a registry: which servers dockerd asks in its place, where a hosts.toml says so and this dockerd reads it. */
export async function hostsNotes(context: Context): Promise<(registry: string) => Finding[]> {
  const { document, observed } = await readDaemonJson(context);
  if (!readsHostsToml(imageStore(observed, configOf(document)), observed.version)) return () => [];
  const files = readHostsFiles(context.host, observed.certsDir);
  return (registry) => {
    const own = files.find((one) => one.registry === registry);
    const used = own ?? files.find((one) => one.registry === '_default');
    const hosts = used?.file?.hosts ?? [];
    if (used === undefined || hosts.length === 0) return [];
    const names = hosts.map(({ url }) => printable(url)).join(', ');
    return [
      {
        code: 'registry-by-hosts-toml',
        severity: 'info',
        subject: registry,
        path: used.path,
        message: `dockerd asks ${names} in its place, and it only after them: our own check went to the registry itself`,
        hint: 'dockerctl mirrors list',
      },
    ];
  };
}
