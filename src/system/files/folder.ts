import { dirname, join } from 'node:path';
import { fileError, onFile } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import { danglingLink, isDangling } from './dangling-link.js';

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

/**
 * Makes a folder where none was. One that appeared meanwhile is taken where it is another dockerctl's of ours, and
 * refused where somebody else put it there: file-not-writable.
 */
export function makeFolder(host: Host, path: string, mode: number): void {
  const { fs } = host;
  try {
    fs.makeFolder(path, mode);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw fileError(error, path, 'write');
    if (!isOwnFolder(host, path))
      throw isDangling(host, path)
        ? danglingLink(path, 'a folder that does not exist.')
        : appeared(path);
  }
  onFile(path, 'write', () => {
    fs.syncFolder(dirname(path));
  });
}

function isOwnFolder({ fs, self }: Host, path: string): boolean {
  const stat = fs.stat(path);
  return stat?.kind === 'folder' && [0, self.uid].includes(stat.uid) && (stat.mode & 0o022) === 0;
}

const appeared = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'file-not-writable',
    message: `${path} was not there, and somebody else has just made it: nothing is written into it.`,
    hint: `look who it is: \`ls -ld ${shellWord(path)}\`; or name a folder that only root may write to`,
  });

/** Removes a folder that is empty; says nothing about one that is not, or is gone. */
export function removeFolderIfEmpty({ fs }: Host, path: string): void {
  try {
    fs.removeFolder(path);
    fs.syncFolder(dirname(path));
  } catch (error) {
    // Of a folder that is not empty, or not there, a read-only file system says that it is read-only.
    if (systemErrorCode(error) === 'EROFS' && !isEmptyFolder(fs, path)) return;
    if (!KEPT.includes(systemErrorCode(error) ?? '')) throw fileError(error, path, 'write');
  }
}

function isEmptyFolder(fs: Host['fs'], path: string): boolean {
  try {
    return fs.list(path).length === 0;
  } catch {
    return false;
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
