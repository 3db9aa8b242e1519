import { join } from 'node:path';
import { pemOf } from '../../core/pki/authority/bundle.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { declarationPaths } from '../../core/declaration/declaration-paths.js';
import type { Host } from '../../host/host.js';
import { makeFolders } from '../files/folder.js';
import { authorityFolder } from './authority.js';

/** Where whoever has to trust the authority of this machine may read its certificate: the store itself is root's alone. */
export const publicRootPath = (host: Host): string =>
  join(declarationPaths(host.self).folder, 'ca.crt');

/**
 * Puts the certificate of a new authority where everybody may read it; only of the authority of this machine, and over nothing that
 * somebody else put there. Answers the path where it is; null where it is not. A failure is no failure of the authority.
 */
export function publishRoot(host: Host, folder: string, root: Certificate): string | null {
  if (folder !== authorityFolder(host, undefined)) return null;
  const path = publicRootPath(host);
  const text = Buffer.from(pemOf(root));
  try {
    const there = host.fs.stat(path);
    if (there !== null) return Buffer.from(host.fs.read(path)).equals(text) ? path : null;
    makeFolders(host, declarationPaths(host.self).folder, 0o755);
    host.fs.create(path, text, { mode: 0o644, uid: host.self.uid, gid: host.self.gid });
    return path;
  } catch {
    return null;
  }
}
