import type { Host } from '../../host/host.js';

/** Where plugins that are no images announce themselves (moby pkg/plugins/discovery.go). */
const ANNOUNCED = ['/run/docker/plugins', '/etc/docker/plugins', '/usr/lib/docker/plugins'];

/** dockerd keeps a folder for each plugin that is an image here. */
const MANAGED = '/var/lib/docker/plugins';
const ID = /^[0-9a-f]{64}$/;

/**
 * The plugins that dockerd would find at a start, of any kind; null where that is not known: for want of rights, or because
 * there are plugins that are images.
 */
export function announcedPlugins({ fs, self }: Host): readonly string[] | null {
  if (self.uid !== 0) return null;
  const list = (path: string) => (fs.stat(path, { follow: true }) === null ? [] : fs.list(path));
  try {
    if (list(MANAGED).some((name) => ID.test(name))) return null;
    return ANNOUNCED.flatMap(list).map((name) => name.replace(/\.(?:sock|spec|json)$/, ''));
  } catch {
    return null;
  }
}
