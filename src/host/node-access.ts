import * as fs from 'node:fs';
import type { Access } from './host.js';
import { childProcess } from './node-child.js';
import type { Within } from './node-enter.js';
import { systemError } from './node-paths.js';

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;

/** Sets mode and owner of an open file. Of one with several names only where nothing changes: it could be any file. */
export function applyAccess(file: number, { mode, uid, gid }: Access): void {
  const now = fs.fstatSync(file);
  const isOwner = (uid ?? now.uid) === now.uid && (gid ?? now.gid) === now.gid;
  const isMode = mode === undefined || mode === (now.mode & 0o7777);
  if (isOwner && isMode) return;
  if (now.isFile() && now.nlink > 1) throw systemError('EMLINK', `/proc/self/fd/${file}`);
  if (!isOwner) fs.fchownSync(file, uid ?? now.uid, gid ?? now.gid);
  if (mode !== undefined) fs.fchmodSync(file, mode);
}

export function openAndApply(at: string, access: Access): void {
  withFile(at, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, (file) => {
    applyAccess(file, access);
    fs.fsyncSync(file);
  });
}

/** Makes a folder of this mode, whatever the umask. The one that is opened for that has to be the one that was made. */
export function makeFolderAt(at: string, mode: number): void {
  fs.mkdirSync(at, { mode: 0o700 });
  withFile(at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, (folder) => {
    const { uid } = fs.fstatSync(folder);
    if (uid !== process.geteuid?.()) throw systemError('EEXIST', at);
    fs.fchmodSync(folder, mode);
  });
}

/** Node has no call for ACLs and extended attributes; GNU cp copies them without touching the content. It gets both files open. */
export function copyAttributes(within: Within, from: string, to: string): void {
  const open = (at: string) => fs.openSync(at, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const source = within(from, open, { follow: true });
  try {
    const target = within(to, open);
    try {
      const { mode, uid, gid } = fs.fstatSync(source);
      applyAccess(target, { mode: mode & 0o7777, uid, gid });
      copyOpen(source, target);
    } finally {
      fs.closeSync(target);
    }
  } finally {
    fs.closeSync(source);
  }
}

function copyOpen(source: number, target: number): void {
  const options = ['--attributes-only', '--preserve=all', '--no-preserve=timestamps,links'];
  childProcess().spawnSync('cp', [...options, '--', '/proc/self/fd/3', '/proc/self/fd/4'], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    stdio: ['ignore', 'ignore', 'ignore', source, target],
    timeout: 10_000,
  });
}

export function withFile<Result>(
  path: string,
  flags: number,
  use: (file: number) => Result,
): Result {
  const file = fs.openSync(path, flags, 0o600);
  try {
    return use(file);
  } finally {
    fs.closeSync(file);
  }
}
