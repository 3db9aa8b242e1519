import { join } from 'node:path';
import { pemOf } from '../core/pki/bundle.js';
import type { Certificate } from '../core/pki/read-certificate.js';
import { fileError } from '../core/file-error.js';
import { DockerctlError, systemErrorCode } from '../errors.js';
import type { Host } from '../host/host.js';
import {
  CRL,
  hasAuthority,
  INTERMEDIATE_CERTIFICATE,
  INTERMEDIATE_KEY,
  ROOT_CERTIFICATE,
  ROOT_KEY,
  withAuthorityLock,
} from './authority.js';
import { makeFolders } from './folder.js';

/** Certificates and PEM keys of a new authority. */
export interface AuthorityMaterial {
  readonly root: Certificate;
  /** null where the root's key never comes to this machine. */
  readonly rootKey: string | null;
  readonly intermediate: { readonly certificate: Certificate; readonly key: string } | null;
}

export interface Placing {
  readonly folder: string;
  /** Puts an authority that is there away, into replaced/, with all its certificates. */
  readonly force: boolean;
  /** The file the root's key goes to instead of the store. */
  readonly rootKeyOut: string | null;
}

/** Where the old authority went, or null. Throws `exists`, `locked`. */
export const createAuthority = (
  host: Host,
  material: AuthorityMaterial,
  placing: Placing & { readonly waitMs: number },
): Promise<string | null> =>
  withAuthorityLock(host, placing, () => placeAuthority(host, material, placing));

/** The same for who holds the lock. ca.crt is written last: without it there is no authority. */
export function placeAuthority(
  host: Host,
  { root, rootKey, intermediate }: AuthorityMaterial,
  { folder, rootKeyOut, force }: Placing,
): string | null {
  if (hasAuthority(host, folder) && !force) throw exists(folder);
  if (rootKeyOut !== null && rootKey !== null) create(host, rootKeyOut, rootKey);
  const replaced = putAway(host, folder);
  const stored: (readonly [string, string | null])[] = [
    [ROOT_KEY, rootKeyOut === null ? rootKey : null],
    [INTERMEDIATE_KEY, intermediate?.key ?? null],
    [INTERMEDIATE_CERTIFICATE, intermediate && pemOf(intermediate.certificate)],
    [ROOT_CERTIFICATE, pemOf(root)],
  ];
  for (const [name, text] of stored) if (text !== null) create(host, join(folder, name), text);
  host.fs.syncFolder(folder);
  return replaced;
}

/** Everything an authority consists of; what a dead `init` left behind is put away like a whole one. */
const PARTS = [
  ROOT_CERTIFICATE,
  ROOT_KEY,
  INTERMEDIATE_CERTIFICATE,
  INTERMEDIATE_KEY,
  CRL,
  'index.json',
  'places.json',
  'certs',
  'old',
];

function putAway(host: Host, folder: string): string | null {
  const there = PARTS.filter((name) => host.fs.stat(join(folder, name)) !== null);
  if (there.length === 0) return null;
  const stamp = new Date(host.clock.now()).toISOString().replace(/[:.]/gu, '-');
  const replaced = join(folder, 'replaced', stamp);
  makeFolders(host, replaced, 0o700);
  for (const name of there) host.fs.rename(join(folder, name), join(replaced, name));
  host.fs.syncFolder(replaced);
  return replaced;
}

function create(host: Host, path: string, pem: string): void {
  try {
    host.fs.create(path, Buffer.from(pem));
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') {
      throw new DockerctlError({
        code: 'exists',
        message: `${path} exists, and a key is never written over another.`,
        hint: 'name another file, or move that one away',
      });
    }
    throw fileError(error, path, 'write');
  }
}

const exists = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'exists',
    message: `There is a certificate authority in ${folder} already, and what it signed would no longer be trusted.`,
    hint: 'dockerctl certs init --force puts it away and makes another, or use --pki DIR for a second one',
  });
