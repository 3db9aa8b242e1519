import type { Host } from '../host/host.js';
import { placeAuthority } from './authority-create.js';
import type { NewAuthority } from './authority-init.js';
import { placeIssued, type IssuedCertificate } from './authority-issue.js';
import { hasAuthority, withAuthorityLock, type Authority } from './authority.js';

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

/**
 * Writes a new authority and its first certificates under one lock. False, with nothing written, when another dockerctl
 * made an authority in the meantime. Throws `locked`.
 */
export const beginAuthority = (
  host: Host,
  {
    material,
    authority,
    issued,
  }: NewAuthority & {
    readonly authority: Authority;
    readonly issued: readonly IssuedCertificate[];
  },
  waitMs: number,
): Promise<boolean> => {
  const { folder } = authority;
  return withAuthorityLock(host, { folder, waitMs }, () => {
    if (hasAuthority(host, folder)) return false;
    placeAuthority(host, material, { folder, force: false, rootKeyOut: null });
    placeIssued(host, issued, { authority, replace: false });
    return true;
  });
};
