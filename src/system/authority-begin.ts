import { dirname } from 'node:path';
import type { Host } from '../host/host.js';
import { placeAuthority } from './authority-create.js';
import type { NewAuthority } from './authority-init.js';
import { placeIssued, type IssuedCertificate } from './authority-issue.js';
import { hasAuthority, withAuthorityLock, type Authority } from './authority.js';
import { makeFolder, makeFolders, removeTree } from './folder.js';

/** A new authority as it will be in `folder`, before its first certificate. */
export const emptyAuthority = (folder: string, { material }: NewAuthority): Authority => ({
  folder,
  root: material.root,
  issuer: material.intermediate?.certificate ?? material.root,
  entries: [],
  crl: null,
  revoked: new Map(),
  notes: [],
});

export interface Beginning extends NewAuthority {
  readonly authority: Authority;
  readonly issued: readonly IssuedCertificate[];
}

/**
 * Writes a new authority and its first certificates, all or nothing. False, with nothing written, when another dockerctl
 * made an authority in the meantime. Throws `locked`.
 */
export async function beginAuthority(
  host: Host,
  beginning: Beginning,
  waitMs: number,
): Promise<boolean> {
  const { folder } = beginning.authority;
  if (placeAtOnce(host, beginning)) return true;
  return withAuthorityLock(host, { folder, waitMs }, () => {
    if (hasAuthority(host, folder)) return false;
    placeAll(host, beginning, folder);
    return true;
  });
}

/**
 * Where nothing is yet: everything in a folder that nobody knows, which gets its name at once. Nobody needs to be locked
 * out, which would take longer than the certificates. False where that cannot be, or another was faster: what stands in
 * the way is met again, and told, under the lock.
 */
function placeAtOnce(host: Host, beginning: Beginning): boolean {
  const { folder } = beginning.authority;
  const draft = `${folder}.${Buffer.from(host.random.bytes(6)).toString('hex')}.new`;
  try {
    if (host.fs.stat(folder) !== null) return false;
    makeFolders(host, dirname(folder), 0o700);
    makeFolder(host, draft, 0o700);
    placeAll(host, beginning, draft);
    host.fs.rename(draft, folder);
    host.fs.syncFolder(dirname(folder));
    return true;
  } catch {
    removeTree(host, draft);
    return false;
  }
}

function placeAll(host: Host, { material, authority, issued }: Beginning, folder: string): void {
  placeAuthority(host, material, { folder, force: false, rootKeyOut: null });
  placeIssued(host, issued, { authority: { ...authority, folder }, replace: false });
}
