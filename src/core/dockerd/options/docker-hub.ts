/** Docker Hub in the name of an image and in certs.d (distribution/reference normalize.go, defaultDomain). */
export const DOCKER_HUB = 'docker.io';

/** The server that has its images (containerd core/remotes/docker/registry.go, DefaultHost). */
export const HUB_HOST = 'registry-1.docker.io';

/** What dockerd itself takes for Docker Hub (moby registry/config.go, ValidateIndexName). */
export const HUB_INDEXES: readonly string[] = [DOCKER_HUB, 'index.docker.io'];

const NAMES =
  /^(?:(?:www\.|index\.|registry-1\.|auth\.)?docker\.io|(?:registry\.)?hub\.docker\.com|production\.cloudflare\.docker\.com)(?::443)?$/i;

/** Whether it is one of the names under which Docker Hub is known to people. */
export function isDockerHub(name: string): boolean {
  return NAMES.test(name);
}

/** Where a registry's images are asked for when no mirror has them. */
export function registryUrl(registry: string): string {
  return `https://${registry === DOCKER_HUB ? HUB_HOST : registry}`;
}
