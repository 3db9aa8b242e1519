import { dirname, join } from 'node:path';
import { fileError, onFile } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { systemErrorCode } from '../../errors.js';

/** The folders on the way to `path` (a folder) that do not exist yet, outermost first. */
export function missingFolders({ fs }: Host, path: string): string[] {
  const missing: string[] = [];
  onFile(path, 'write', () => {
    for (let folder = path; fs.stat(folder, { follow: true }) === null; folder = dirname(folder))
      missing.unshift(folder);
  });
  return missing;
}

/** Creates `path` and what is missing above it, durably. One that exists is left as it is. */
export function makeFolders(host: Host, path: string, mode: number): void {
  for (const folder of missingFolders(host, path)) makeFolder(host, folder, mode);
}

export function makeFolder({ fs }: Host, path: string, mode: number): void {
  try {
    fs.makeFolder(path, mode);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw fileError(error, path, 'write');
  }
  onFile(path, 'write', () => {
    fs.syncFolder(dirname(path));
  });
}

/** Removes a folder that is empty; says nothing about one that is not, or is gone. */
export function removeFolderIfEmpty({ fs }: Host, path: string): void {
  try {
    fs.removeFolder(path);
    fs.syncFolder(dirname(path));
  } catch (error) {
    if (!KEPT.includes(systemErrorCode(error) ?? '')) throw fileError(error, path, 'write');
  }
}

/** Removes a folder of ours with all that is in it; a link in it goes, not what it leads to. */
export function removeTree(host: Host, path: string): void {
  const { fs } = host;
  if (fs.stat(path) === null) return;
  for (const name of fs.list(path)) {
    const inside = join(path, name);
    if (fs.stat(inside)?.kind === 'folder') removeTree(host, inside);
    else fs.unlink(inside);
  }
  fs.removeFolder(path);
}

/** Somebody else's files are in it, it is a mount point, or it is no folder of ours any more. */
const KEPT = ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EBUSY', 'ENOTDIR'];
