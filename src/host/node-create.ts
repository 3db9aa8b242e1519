import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { childProcess } from './node-child.js';
import type { Within } from './node-enter.js';
import { systemError } from './node-paths.js';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = fs.constants;

/** From here on one sync of the whole file system is cheaper than one of each file, whatever else waits to be written. */
const MANY = 32;

interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Synced side by side, they share a commit of the file system's journal instead of waiting for one each. */
export async function createTogether(within: Within, files: readonly NewFile[]): Promise<void> {
  const made: string[] = [];
  const open: number[] = [];
  try {
    for (const { path, bytes } of files) {
      const file = within(path, openNew);
      made.push(path);
      writeAndKeep(file, bytes, files.length > MANY ? null : open);
    }
    const [first] = made;
    if (first === undefined) return;
    if (made.length > MANY) syncFileSystem(within, first);
    else await syncAll(open);
  } catch (error) {
    for (const path of made) within(path, fs.unlinkSync);
    throw error;
  } finally {
    for (const file of open) fs.closeSync(file);
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

/** Of many the files are closed at once: nobody has as many descriptors. */
function writeAndKeep(file: number, bytes: Uint8Array, open: number[] | null): void {
  try {
    writeAll(file, bytes, null);
    open?.push(file);
  } finally {
    if (open?.at(-1) !== file) fs.closeSync(file);
  }
}

async function syncAll(files: readonly number[]): Promise<void> {
  const ends = await Promise.allSettled(files.map((file) => fsync(file)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

const fsync = promisify(fs.fsync);

/** Node has no call for syncfs(2); coreutils' sync has, and says when the disk failed. */
function syncFileSystem(within: Within, path: string): void {
  const file = within(path, (at) => fs.openSync(at, O_RDONLY | O_NOFOLLOW));
  try {
    const { status } = childProcess().spawnSync('sync', ['--file-system', '/proc/self/fd/3'], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'ignore', 'ignore', file],
    });
    if (status !== 0) throw systemError('EIO', path);
  } finally {
    fs.closeSync(file);
  }
}
