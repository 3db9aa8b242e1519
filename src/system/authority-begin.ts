import { dirname, join } from 'node:path';
import { fileError } from '../core/file-error.js';
import type { Host } from '../host/host.js';
import { authorityFiles, placeAuthority } from './authority-create.js';
import { inDraft, removeDeadDrafts } from './authority-draft.js';
import { certificateFiles, createFiles } from './authority-files.js';
import { indexFile } from './authority-index.js';
import type { NewAuthority } from './authority-init.js';
import { placeIssued, placementOf, type IssuedCertificate } from './authority-issue.js';
import { hasAuthority, withAuthorityLock, type Authority } from './authority.js';
import { makeFolders } from './folder.js';

/** A new authority as it will be in `folder`, before its first certificate. */
export const emptyAuthority = (folder: string, { material }: NewAuthority): Authority => ({
  folder,
  root: material.root,
  issuer: material.intermediate?.certificate ?? material.root,
  entries: [],
  damaged: [],
  crl: null,
  crlIsLost: false,
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
  const { authority, material, issued } = beginning;
  const { folder } = authority;
  if (await placeAtOnce(host, beginning)) return true;
  return withAuthorityLock(host, { folder, waitMs }, async () => {
    if (hasAuthority(host, folder)) return false;
    placeAuthority(host, material, { folder, force: false, rootKeyOut: null });
    await placeIssued(host, issued, { authority, replace: false });
    return true;
  });
}

/**
 * Where nothing is yet: everything in a folder that nobody knows, which gets its name at once. Nobody needs to be locked
 * out, which would take longer than the certificates. False where something is there, or another was faster. Throws with
 * nothing left behind.
 */
async function placeAtOnce(host: Host, beginning: Beginning): Promise<boolean> {
  const { folder } = beginning.authority;
  try {
    if (host.fs.stat(folder) !== null) return false;
    makeFolders(host, dirname(folder), 0o700);
    removeDeadDrafts(host, folder);
    await inDraft(host, folder, async (draft) => {
      await writeDraft(host, draft, beginning);
      host.fs.rename(draft, folder);
    });
    host.fs.syncFolder(dirname(folder));
    return true;
  } catch (error) {
    if (host.fs.stat(folder) !== null) return false;
    throw fileError(error, folder, 'write');
  }
}

async function writeDraft(
  host: Host,
  draft: string,
  { material, issued }: Beginning,
): Promise<void> {
  const folders = [draft, join(draft, 'certs')];
  for (const path of folders) host.fs.makeFolder(path, 0o700);
  await createFiles(host, draft, [
    ...authorityFiles(material),
    ...certificateFiles(issued.map(placementOf)),
    indexFile(issued.map(({ entry }) => entry)),
  ]);
  for (const path of folders) host.fs.syncFolder(path);
}
