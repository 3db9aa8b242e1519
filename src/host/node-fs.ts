import * as fs from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../errors.js';
import type { Access, FileStat, FileSystem } from './host.js';
import { childProcess } from './node-child.js';
import { createTogether, openNew, writeAll } from './node-create.js';
import { acquireLock } from './node-lock.js';
import { systemError, type Paths } from './node-paths.js';

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = fs.constants;
const MOST_BYTES = 16 * 1024 * 1024;

/** The real file system below `paths`; assets are read from the folder dockerctl is installed in. */
export function createFileSystem(paths: Paths, installation: string): FileSystem {
  const at = paths.real;
  return {
    read: (path, limit = MOST_BYTES) => readRegularFile(at(path, true), limit),
    readDescriptor,
    readGiven: (path, limit = MOST_BYTES) =>
      readRegularFile(fs.existsSync(path) ? path : at(path, true), limit),
    stat: (path, { follow = false } = {}) => statOf(at(path, follow), follow),
    list: (path) => fs.readdirSync(at(path, true)).sort(byBytes),
    realpath: (path) => paths.logical(fs.realpathSync.native(at(path, true))),
    readLink: (path) => fs.readlinkSync(at(path)),
    create: (path, bytes, access) => {
      createDurably(at(path), bytes, access);
    },
    createAll: (files) =>
      createTogether(files.map(({ path, bytes }) => ({ path: at(path), bytes }))),
    overwrite: (path, bytes) => {
      overwriteInPlace(at(path, true), bytes);
    },
    append: (path, bytes) => {
      withFile(at(path), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, (file) => {
        writeAll(file, bytes, null);
        fs.fsyncSync(file);
      });
    },
    copyAttributes: (from, to) => {
      copyAttributes(at(from, true), at(to));
    },
    setAccess: (path, access) => {
      withFile(at(path), O_RDONLY | O_NOFOLLOW, (file) => {
        applyAccess(file, access);
        fs.fsyncSync(file);
      });
    },
    rename: (from, to) => {
      fs.renameSync(at(from), at(to));
    },
    link: (existing, path) => {
      fs.linkSync(at(existing), at(path));
    },
    symlink: (target, path) => {
      fs.symlinkSync(target, at(path));
    },
    unlink: (path) => {
      fs.unlinkSync(at(path));
    },
    makeFolder: (path, mode) => {
      fs.mkdirSync(at(path), { mode });
      fs.chmodSync(at(path), mode);
    },
    removeFolder: (path) => {
      fs.rmdirSync(at(path));
    },
    syncFolder: (path) => {
      withFile(at(path, true), O_RDONLY, (folder) => {
        fs.fsyncSync(folder);
      });
    },
    space: (path) => {
      const { bavail, blocks, bsize } = fs.statfsSync(at(path, true));
      return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
    },
    lock: (path, waitMs) => acquireLock(at(path), waitMs),
    readAsset: (name) => fs.readFileSync(join(installation, name)),
    listAssets: (folder) => fs.readdirSync(join(installation, folder)).sort(byBytes),
  };
}

/** Opening with O_NONBLOCK keeps a FIFO in the place of a file from stopping us for ever. */
function readRegularFile(path: string, limit: number): Uint8Array {
  return withFile(path, O_RDONLY | O_NONBLOCK, (file) => {
    const stat = fs.fstatSync(file);
    if (stat.isDirectory()) throw systemError('EISDIR', path);
    if (!stat.isFile()) throw systemError('EINVAL', path);
    if (stat.size > limit) throw systemError('EFBIG', path);
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
  withFile(path, O_WRONLY, (file) => {
    writeAll(file, bytes, 0);
    fs.ftruncateSync(file, bytes.length);
    fs.fsyncSync(file);
  });
}

function applyAccess(file: number, { mode, uid, gid }: Access): void {
  if (uid !== undefined || gid !== undefined) {
    const now = fs.fstatSync(file);
    if ((uid ?? now.uid) !== now.uid || (gid ?? now.gid) !== now.gid)
      fs.fchownSync(file, uid ?? now.uid, gid ?? now.gid);
  }
  if (mode !== undefined) fs.fchmodSync(file, mode);
}

/** Node has no call for ACLs and extended attributes; GNU cp copies them without touching the content. */
function copyAttributes(from: string, to: string): void {
  const stat = fs.statSync(from);
  withFile(to, O_RDONLY | O_NOFOLLOW, (file) => {
    applyAccess(file, { mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid });
  });
  childProcess().spawnSync(
    'cp',
    ['--attributes-only', '--preserve=all', '--no-preserve=timestamps,links', '--', from, to],
    {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: 'ignore',
      timeout: 10_000,
    },
  );
}

function withFile<Result>(path: string, flags: number, use: (file: number) => Result): Result {
  const file = fs.openSync(path, flags, 0o600);
  try {
    return use(file);
  } finally {
    fs.closeSync(file);
  }
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
