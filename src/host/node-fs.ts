import * as fs from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../errors.js';
import type { Access, FileStat, FileSystem } from './host.js';
import {
  copyAttributes,
  applyAccess,
  makeFolderAt,
  openAndApply,
  withFile,
} from './node-access.js';
import { createTogether, openNew, writeAll } from './node-create.js';
import { createWithin } from './node-enter.js';
import { countBytes } from './node-heap.js';
import { acquireLock, openLock } from './node-lock.js';
import { systemError, type Paths } from './node-paths.js';

const { O_APPEND, O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = fs.constants;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The real file system below `root`; assets are read from the folder dockerctl is installed in. What writes goes by the
 * handle of the folder that is written to (node-enter.ts).
 */
export function createFileSystem(
  { root, paths }: { readonly root: string | null; readonly paths: Paths },
  installation: string,
): FileSystem {
  const at = paths.real;
  const within = createWithin(root);
  return {
    read: (path, limit = MOST_BYTES) => readRegularFile(at(path, true), limit),
    readDescriptor,
    readGiven: (path, limit = MOST_BYTES) =>
      readRegularFile(fs.existsSync(path) ? path : at(path, true), limit),
    stat: (path, { follow = false } = {}) => statOf(at(path, follow), follow),
    list: (path) => byBytes(fs.readdirSync(at(path, true))),
    realpath: (path) => paths.logical(fs.realpathSync.native(at(path, true))),
    readLink: (path) => fs.readlinkSync(at(path)),
    create: (path, bytes, access) => {
      within(path, (entry) => {
        createDurably(entry, bytes, access);
      });
    },
    createAll: (files) => createTogether(within, files),
    overwrite: (path, bytes) => {
      within(
        path,
        (entry) => {
          overwriteInPlace(entry, bytes);
        },
        { follow: true },
      );
    },
    append: (path, bytes) => {
      within(path, (entry) => {
        appendTo(entry, bytes);
      });
    },
    copyAttributes: (from, to) => {
      copyAttributes(within, from, to);
    },
    setAccess: (path, access) => {
      within(path, (entry) => {
        openAndApply(entry, access);
      });
    },
    rename: (from, to) => {
      within(from, (old) => {
        within(to, (entry) => {
          fs.renameSync(old, entry);
        });
      });
    },
    link: (existing, path) => {
      within(existing, (old) => {
        within(path, (entry) => {
          fs.linkSync(old, entry);
        });
      });
    },
    symlink: (target, path) => {
      within(path, (entry) => {
        fs.symlinkSync(target, entry);
      });
    },
    unlink: (path) => {
      within(path, fs.unlinkSync);
    },
    makeFolder: (path, mode) => {
      within(path, (entry) => {
        makeFolderAt(entry, mode);
      });
    },
    removeFolder: (path) => {
      within(path, fs.rmdirSync);
    },
    syncFolder: (path) => {
      within(path, syncFolder, { follow: true });
    },
    space: (path) => {
      const { bavail, blocks, bsize } = fs.statfsSync(at(path, true));
      return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
    },
    lock: (path, waitMs) => acquireLock(within(path, openLock), waitMs),
    readAsset: (name) => fs.readFileSync(join(installation, name)),
    listAssets: (folder) => byBytes(fs.readdirSync(join(installation, folder))),
  };
}

/** Opening with O_NONBLOCK keeps a FIFO in the place of a file from stopping us for ever. */
function readRegularFile(path: string, limit: number): Uint8Array {
  return withFile(path, O_RDONLY | O_NONBLOCK, (file) => {
    const stat = fs.fstatSync(file);
    if (stat.isDirectory()) throw systemError('EISDIR', path);
    if (!stat.isFile()) throw systemError('EINVAL', path);
    if (stat.size > limit) throw systemError('EFBIG', path);
    countBytes(stat.size);
    return fs.readFileSync(file);
  });
}

function readDescriptor(descriptor: number, limit: number): Uint8Array {
  const buffer = Buffer.alloc(limit + 1);
  let length = 0;
  for (let got = -1; got !== 0 && length <= limit; length += got) {
    got = fs.readSync(descriptor, buffer, length, buffer.length - length, null);
  }
  if (length > limit) throw systemError('EFBIG', `/dev/fd/${descriptor}`);
  return buffer.subarray(0, length);
}

function statOf(path: string, follow: boolean): FileStat | null {
  try {
    // Asked for what is not there a thousand times over; an Error each would cost more than the call.
    const stat = (follow ? fs.statSync : fs.lstatSync)(path, { throwIfNoEntry: false });
    if (stat === undefined) return null;
    return {
      kind: kindOf(stat),
      size: stat.size,
      mode: stat.mode & 0o7777,
      uid: stat.uid,
      gid: stat.gid,
      inode: stat.ino,
      device: stat.dev,
      links: stat.nlink,
      modifiedMs: stat.mtimeMs,
      changedMs: stat.ctimeMs,
    };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return null;
    throw error;
  }
}

function kindOf(stat: fs.Stats): FileStat['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return 'link';
  return stat.isSocket() ? 'socket' : 'other';
}

function createDurably(path: string, bytes: Uint8Array, access: Access = {}): void {
  const file = openNew(path);
  try {
    writeAll(file, bytes, null);
    applyAccess(file, access);
    fs.fsyncSync(file);
  } catch (error) {
    fs.closeSync(file);
    fs.unlinkSync(path);
    throw error;
  }
  fs.closeSync(file);
}

/** Never truncates first: a short write on a full disk would leave neither the old nor the new content. */
function overwriteInPlace(path: string, bytes: Uint8Array): void {
  withFile(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK, (file) => {
    if (!fs.fstatSync(file).isFile()) throw systemError('EINVAL', path);
    writeAll(file, bytes, 0);
    fs.ftruncateSync(file, bytes.length);
    fs.fsyncSync(file);
  });
}

function syncFolder(path: string): void {
  withFile(path, O_RDONLY | O_DIRECTORY, (folder) => {
    fs.fsyncSync(folder);
  });
}

function appendTo(path: string, bytes: Uint8Array): void {
  withFile(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, (file) => {
    writeAll(file, bytes, null);
    fs.fsyncSync(file);
  });
}

/** Only surrogates stand elsewhere by UTF-16 than by bytes, and a buffer for each name of thousands costs. */
function byBytes(names: readonly string[]): string[] {
  return names.some((name) => /[\ud800-\udfff]/.test(name))
    ? names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    : names.toSorted();
}
