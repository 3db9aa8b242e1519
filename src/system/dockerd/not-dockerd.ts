import type { HttpResponse } from '../../host/host.js';

/** The `code` of the error where another program than dockerd answers. */
export const NOT_DOCKERD = 'ENOTDOCKERD';

/** In every answer of podman (pkg/api/server/handler_api.go). */
const PODMAN = 'libpod-api-version';

/** podman-docker puts a link to podman's socket in the place of docker.sock. @throws with the code NOT_DOCKERD */
export function refuseOthers(headers: HttpResponse['headers'], path: string): void {
  if (headers[PODMAN] !== undefined)
    throw Object.assign(new Error(`GET ${path}: podman answers`), { code: NOT_DOCKERD });
}
