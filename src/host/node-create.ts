import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { childProcess } from './node-child.js';
import { systemError } from './node-paths.js';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = fs.constants;

/** From here on one sync of the whole file system is cheaper than one of each file, whatever else waits to be written. */
const MANY = 32;

interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Synced side by side, they share a commit of the file system's journal instead of waiting for one each. */
export async function createTogether(files: readonly NewFile[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const { path, bytes } of files) {
      const file = openNew(path);
      made.push(path);
      writeAndClose(file, bytes);
    }
    const [first] = made;
    if (first === undefined) return;
    if (made.length > MANY) syncFileSystem(dirname(first));
    else await syncAll(made);
  } catch (error) {
    for (const path of made) fs.unlinkSync(path);
    throw error;
  }
}

/** A regular file for its owner alone, and none that was there. */
export const openNew = (path: string): number =>
  fs.openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);

/** write(2) may write less than asked, without an error, just before the disk is full. */
export function writeAll(file: number, bytes: Uint8Array, from: number | null): void {
  let written = 0;
  while (written < bytes.length) {
    written += fs.writeSync(
      file,
      bytes,
      written,
      bytes.length - written,
      from === null ? null : from + written,
    );
  }
}

function writeAndClose(file: number, bytes: Uint8Array): void {
  try {
    writeAll(file, bytes, null);
  } finally {
    fs.closeSync(file);
  }
}

async function syncAll(paths: readonly string[]): Promise<void> {
  const ends = await Promise.allSettled(paths.map(syncFile));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

const fsync = promisify(fs.fsync);

async function syncFile(path: string): Promise<void> {
  const file = fs.openSync(path, O_RDONLY | O_NOFOLLOW);
  try {
    await fsync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Node has no call for syncfs(2); coreutils' sync has, and says when the disk failed. */
function syncFileSystem(folder: string): void {
  const { status } = childProcess().spawnSync('sync', ['--file-system', folder], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: 'ignore',
  });
  if (status !== 0) throw systemError('EIO', folder);
}
