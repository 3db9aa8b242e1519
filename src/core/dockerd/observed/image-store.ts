import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import type { ObservedDaemon } from './observed.js';
import { inRange, parseVersion } from '../options/keys/version.js';

/** Who keeps dockerd's images, and so which of its two readers of certs.d pulls: its graph drivers, or containerd. */
export type ImageStore = 'graph drivers' | 'containerd';

/** By what the running daemon says (/info DriverStatus, moby daemon/info.go); without one, null: nobody knows. */
export function imageStoreIn(info: JsonObject | null): ImageStore | null {
  if (info === null) return null;
  const { DriverStatus: status } = info;
  const rows: readonly Json[] = Array.isArray(status) ? status : [];
  const snapshotter = rows.some(
    (row) =>
      Array.isArray(row) && row[0] === 'driver-type' && row[1] === 'io.containerd.snapshotter.v1',
  );
  return snapshotter ? 'containerd' : 'graph drivers';
}

/** As the running daemon has it; of one that does not run, as its file says. */
export function imageStore(
  { info }: Pick<ObservedDaemon, 'info'>,
  config: JsonObject | null,
): ImageStore | null {
  const features = config?.features;
  const wanted = isObject(features) ? features['containerd-snapshotter'] : undefined;
  if (info !== null) return imageStoreIn(info);
  return typeof wanted === 'boolean' ? (wanted ? 'containerd' : 'graph drivers') : null;
}

/** Engines whose pulls read `certs.d/<registry>/hosts.toml`, with images in containerd (moby daemon/hosts.go; 26.1 was asked, and does not). */
export function readsHostsToml(store: ImageStore | null, version: string | null): boolean {
  const engine = parseVersion(version ?? '');
  return store === 'containerd' && (engine === null || inRange(engine, '28..'));
}

/** Engines that fetch tokens by the system's certificates alone, whatever lies in certs.d (until moby c2075797fa, 29.5.0). */
export function tokensBySystemStore(store: ImageStore | null, version: string | null): boolean {
  const engine = parseVersion(version ?? '');
  return store === 'containerd' && (engine === null || inRange(engine, '..29.4'));
}
