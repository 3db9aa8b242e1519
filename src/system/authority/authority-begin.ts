import type { Host } from '../../host/host.js';
import { authorityFiles, placeAuthority } from './authority-create.js';
import { placeAtOnce } from './new-authority.js';
import { certificateFiles } from './authority-files.js';
import { indexFile } from './authority-index.js';
import type { PreparedAuthority } from './authority-init.js';
import { placeIssued, placementOf, type IssuedCertificate } from './authority-issue.js';
import { hasAuthority, withAuthorityLock, type Authority } from './authority.js';

/** A new authority as it will be in `folder`, before its first certificate. */
export const emptyAuthority = (folder: string, { material }: PreparedAuthority): Authority => ({
  folder,
  root: material.root,
  issuer: material.intermediate?.certificate ?? material.root,
  entries: [],
  damaged: [],
  lost: [],
  crl: null,
  crlIsLost: false,
  revoked: new Map(),
  notes: [],
});

export interface Beginning extends PreparedAuthority {
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
  const { authority, material, issued } = beginning;
  const { folder } = authority;
  const files = [
    ...authorityFiles(material),
    ...certificateFiles(issued.map(placementOf)),
    indexFile(issued.map(({ entry }) => entry)),
  ];
  if (await placeAtOnce(host, folder, { folders: ['certs'], files })) return true;
  return withAuthorityLock(host, { folder, waitMs }, async () => {
    if (hasAuthority(host, folder)) return false;
    placeAuthority(host, material, { folder, force: false, rootKeyOut: null });
    await placeIssued(host, issued, { authority, replace: false });
    return true;
  });
}
