import { atPointer } from '../../core/plan/expectation.js';
import type { JsonObject } from '../../core/formats/json/json-object.js';
import type { Host } from '../../host/host.js';

/** Where plugins that are no images announce themselves, of any kind (moby pkg/plugins/discovery.go). */
const ANNOUNCED = ['/run/docker/plugins', '/etc/docker/plugins', '/usr/lib/docker/plugins'];

/** dockerd keeps a folder below data-root for each plugin that is an image. */
const ID = /^[0-9a-f]{64}$/;

const MOST_BYTES = 1024 * 1024;

/** As the interface of a plugin names it, `docker.logdriver/1.0`. */
export type PluginKind = 'authz' | 'logdriver';

/**
 * The names by which dockerd would find a plugin of this kind at a start: those that announce themselves, and the enabled ones
 * below `dataRoot` (moby plugin/store.go, Get). /info lists no logging plugins. null for want of rights, or where a file
 * cannot be read.
 */
export function pluginsOf(
  host: Host,
  kind: PluginKind,
  dataRoot = '/var/lib/docker',
): readonly string[] | null {
  if (host.self.uid !== 0) return null;
  const { fs } = host;
  const list = (path: string) => (fs.stat(path, { follow: true }) === null ? [] : fs.list(path));
  try {
    const announced = ANNOUNCED.flatMap(list);
    const images = list(`${dataRoot}/plugins`).filter((name) => ID.test(name));
    return [
      ...announced.map((name) => name.replace(/\.(?:sock|spec|json)$/, '')),
      ...images.flatMap((id) => {
        const bytes = fs.read(`${dataRoot}/plugins/${id}/config.json`, MOST_BYTES);
        return namesOf(JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject, kind);
      }),
    ];
  } catch {
    return null;
  }
}

/** moby plugin/v2/plugin.go, Plugin. */
function namesOf(config: JsonObject, kind: PluginKind): string[] {
  const types = atPointer(config, '/plugin/Config/Interface/Types');
  const name = atPointer(config, '/plugin/Name');
  const isOfKind =
    Array.isArray(types) && types.some((type) => `${type}`.startsWith(`docker.${kind}/`));
  const isEnabled = atPointer(config, '/plugin/Enabled') === true;
  return isOfKind && isEnabled && typeof name === 'string'
    ? [name, name.replace(/:latest$/, '')]
    : [];
}
