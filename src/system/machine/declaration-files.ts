import { join } from 'node:path';
import { declarationPaths } from '../../core/declaration/declaration-paths.js';
import { onFile } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { isDangling } from '../files/dangling-link.js';

/**
 * The files that a declaration is read from, in that order; `from` is a file or folder in place of this machine's. A link
 * that leads nowhere is one: what was declared is lost, which is not the same as nothing.
 */
export function declarationFiles(host: Host, from: string | null = null): string[] {
  if (from !== null) return isFolder(host, from) ? fragmentsIn(host, from) : [from];
  const { file, fragments } = declarationPaths(host.self);
  const main = onFile(file, 'read', () => host.fs.stat(file, { follow: true }));
  const isThere = main !== null || isDangling(host, file);
  return [...(isThere ? [file] : []), ...fragmentsIn(host, fragments)];
}

/** Whether this machine has a declaration. What it says costs the libraries that read it. */
export function hasDeclaration(host: Host): boolean {
  return declarationFiles(host).length > 0;
}

function fragmentsIn(host: Host, folder: string): string[] {
  if (!isFolder(host, folder)) return [];
  const names = onFile(folder, 'read', () => host.fs.list(folder));
  return names
    .filter((name) => name.endsWith('.json5') && !name.startsWith('.'))
    .map((name) => join(folder, name));
}

function isFolder({ fs }: Host, path: string): boolean {
  return onFile(path, 'read', () => fs.stat(path, { follow: true })?.kind === 'folder');
}
