import { join } from 'node:path';
import {
  formatPlaces,
  parsePlaces,
  withPlace,
  type Place,
  type Places,
} from '../../core/pki/authority/deploy-targets.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { withAuthorityLock } from './authority.js';
import { replaceDurably } from '../history/journal.js';

const PLACES = 'places.json';

/** Throws `invalid-value` for a damaged file: certificates would silently no longer be renewed where they are used. */
export function readPlaces(host: Host, folder: string): Places {
  const path = join(folder, PLACES);
  if (host.fs.stat(path) === null) return new Map();
  const places = parsePlaces(Buffer.from(host.fs.read(path)).toString('utf8'));
  if (places !== null) return places;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${path} is damaged: it says where certificates were put, and renewals would not reach those places.`,
    hint: `move it away, and put them there again with dockerctl certs deploy`,
  });
}

export function rememberPlace(
  host: Host,
  { folder, waitMs }: { readonly folder: string; readonly waitMs: number },
  { names, place }: { readonly names: readonly string[]; readonly place: Place },
): Promise<void> {
  return withAuthorityLock(host, { folder, waitMs }, () => {
    const places = names.reduce(
      (all, name) => withPlace(all, name, place),
      readPlaces(host, folder),
    );
    replaceDurably(host, join(folder, PLACES), formatPlaces(places));
  });
}
