import type { JsonObject } from '../../formats/json/json-object.js';
import type { OutOfSight } from '../../plan/outcome.js';
import { imageStoreIn } from './image-store.js';

/** How much a dockerd lists, and where it keeps that. */
export interface Inventory {
  readonly images: number;
  /** Stopped ones too. */
  readonly containers: number;
  /** null where they could not be counted. */
  readonly volumes: number | null;
  /** A folder: that of its storage driver, or containerd's. */
  readonly place: string;
}

/** What /info counts (moby daemon/info.go); `volumes` by GET /volumes. */
export function inventoryOf(info: JsonObject, volumes: number | null): Inventory {
  const root = dataRoot(info);
  const driver = typeof info.Driver === 'string' ? info.Driver : '';
  return {
    images: Number(info.Images ?? 0),
    containers: Number(info.Containers ?? 0),
    volumes,
    // Volumes and the containers' own files lie below the data root all the same.
    place:
      imageStoreIn(info) === 'containerd' ? `${root} and /var/lib/containerd` : `${root}/${driver}`,
  };
}

/** The folder in which it keeps everything; null: of a dockerd that does not answer. */
export function dataRoot(info: JsonObject | null): string {
  const root = info?.DockerRootDir;
  return typeof root === 'string' ? root : '/var/lib/docker';
}

/** null where everything is listed still. A dockerd with another folder shows what that has. */
export function outOfSight(before: Inventory, after: Inventory): OutOfSight | null {
  const isElsewhere = before.place !== after.place;
  const pairs = [
    [before.images, after.images],
    [before.containers, after.containers],
    [before.volumes ?? 0, after.volumes ?? before.volumes ?? 0],
  ] as const;
  if (!isElsewhere || pairs.every(([was, is]) => is >= was)) return null;
  const { volumes } = before;
  return {
    images: [before.images, after.images],
    containers: [before.containers, after.containers],
    volumes: volumes === null || after.volumes === null ? null : [volumes, after.volumes],
    place: before.place,
  };
}

/** `3 images, 2 containers and 1 volume`; empty where there is nothing. */
export function countsText({
  images,
  containers,
  volumes,
}: Pick<Inventory, 'images' | 'containers' | 'volumes'>): string {
  const counts = [
    count(images, 'image'),
    count(containers, 'container'),
    count(volumes ?? 0, 'volume'),
  ].filter((text) => text !== '');
  return counts.length < 2
    ? counts.join('')
    : `${counts.slice(0, -1).join(', ')} and ${counts.at(-1) ?? ''}`;
}

function count(number: number, noun: string): string {
  return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
