import { DOCKER_HUB } from '../../core/dockerd/options/docker-hub.js';
import { isObject, type Json } from '../../core/formats/json/json-object.js';
import type { Engine } from './engine.js';

const MOST_BYTES = 8 * 1024 * 1024;

/** The registries that images here are named after: what somebody pulled from, or tagged to push to. None where the engine does not say. */
export async function imageRegistries({
  host,
  endpoint,
  timeoutMs = 3_000,
}: Engine): Promise<string[]> {
  try {
    const { body } = await host.net.request({
      ...endpoint,
      ...{ method: 'GET', path: '/images/json', timeoutMs, limit: MOST_BYTES },
    });
    const images = JSON.parse(body) as Json;
    const listed = Array.isArray(images) ? (images as readonly Json[]) : [];
    const tags = listed.flatMap((image) =>
      isObject(image) && Array.isArray(image.RepoTags) ? (image.RepoTags as readonly Json[]) : [],
    );
    const names = tags.flatMap((tag) => (typeof tag === 'string' ? registryOf(tag) : []));
    return [...new Set(names)];
  } catch {
    return [];
  }
}

/** What stands before the first slash is a registry where it has a dot or a port (distribution/reference, splitDockerDomain). */
function registryOf(tag: string): string[] {
  const slash = tag.indexOf('/');
  const first = slash === -1 ? '' : tag.slice(0, slash);
  return /[.:]/.test(first) && first !== DOCKER_HUB ? [first] : [];
}
