import * as fs from 'node:fs';
import { resolve } from 'node:path';
import { DockerctlError, systemErrorCode } from '../errors.js';
import { systemError } from './node-paths.js';

const { O_DIRECTORY, O_NOFOLLOW } = fs.constants;
/** open(2), of Linux on x86-64 and arm64; Node names it nowhere. */
const O_PATH = 0o10000000;
const MOST_LINKS = 40;

/** Gives `use` another path of the entry, good as long as it runs, that leads over no name that could be exchanged meanwhile. */
export type Within = <Result>(
  path: string,
  use: (at: string) => Result,
  options?: { readonly follow?: boolean },
) => Result;

/**
 * The way to what is written, folder by folder by handle, as by openat(2), which Node does not have: /proc/self/fd/N is
 * the folder that was opened, whatever its name leads to by now. Below a root a link leads nowhere else (chroot(2)); else
 * only links are followed that nobody else can have made or can exchange.
 * @throws file-not-writable for such a link
 */
export function createWithin(root: string | null): Within {
  return (path, use, { follow = false } = {}) => {
    const { folder, name } = walk(root, path, follow);
    const at = `/proc/self/fd/${folder}/${name}`;
    try {
      return use(at);
    } catch (error) {
      throw underOwnName(error, path);
    } finally {
      fs.closeSync(folder);
    }
  };
}

/** Where the entry is: an open folder, and its name there. */
function walk(
  root: string | null,
  path: string,
  follow: boolean,
): { readonly folder: number; readonly name: string } {
  let pending = namesOf(root === null ? resolve(path) : path);
  let done: string[] = [];
  let folder = openTop(root);
  const restart = (names: readonly string[]): void => {
    pending = [...names, ...pending];
    done = [];
    fs.closeSync(folder);
    folder = openTop(root);
  };
  try {
    for (let links = 0; ;) {
      const name = pending.shift() ?? '.';
      const at = `/proc/self/fd/${folder}/${name}`;
      if (name === '..') {
        restart(done.slice(0, -1));
        continue;
      }
      const isLast = pending.length === 0;
      if (isLast && !follow) return { folder, name };
      const inner = isLast ? null : openFolderIn(at);
      if (inner !== null) {
        fs.closeSync(folder);
        folder = inner;
        done.push(name);
        continue;
      }
      const target = linkTarget(at);
      if (target === null && isLast) return { folder, name };
      if (target === null) throw systemError('ENOTDIR', path);
      if (root === null) refuseForeignLink(folder, at, `/${[...done, name].join('/')}`);
      links += 1;
      if (links > MOST_LINKS) throw systemError('ELOOP', path);
      if (target.startsWith('/')) restart(namesOf(target));
      else pending.unshift(...namesOf(target));
    }
  } catch (error) {
    fs.closeSync(folder);
    throw underOwnName(error, path);
  }
}

/** The root is named by an operator: on the way to it, too, no link of others is followed. */
function openTop(root: string | null): number {
  if (root === null || root === '/') return openFolder('/');
  const { folder, name } = walk(null, root, false);
  try {
    return openFolder(`/proc/self/fd/${folder}/${name}`);
  } finally {
    fs.closeSync(folder);
  }
}

const namesOf = (path: string): string[] =>
  path.split('/').filter((name) => name !== '' && name !== '.');

const openFolder = (path: string): number => fs.openSync(path, O_PATH | O_DIRECTORY | O_NOFOLLOW);

/** null: it is no folder. */
function openFolderIn(at: string): number | null {
  try {
    return openFolder(at);
  } catch (error) {
    if (['ENOTDIR', 'ELOOP'].includes(systemErrorCode(error) ?? '')) return null;
    throw error;
  }
}

/** null: it is no link, or is not there. */
function linkTarget(at: string): string | null {
  try {
    return fs.readlinkSync(at);
  } catch (error) {
    if (['EINVAL', 'ENOENT'].includes(systemErrorCode(error) ?? '')) return null;
    throw error;
  }
}

/** What core/text/safe-path.ts says of links, asked of the very folder that is open. */
function refuseForeignLink(folder: number, at: string, path: string): void {
  const holder = fs.fstatSync(folder);
  const link = fs.lstatSync(at);
  const isOurs = (uid: number) => uid === 0 || uid === process.geteuid?.();
  const isOpen =
    (holder.mode & 0o002) !== 0 ||
    ((holder.mode & 0o020) !== 0 && holder.gid !== 0 && holder.gid !== process.getegid?.());
  const isFixed = (holder.mode & 0o1000) !== 0 && isOurs(link.uid) && link.nlink === 1;
  if (isOurs(holder.uid) && (!isOpen || isFixed)) return;
  throw new DockerctlError({
    code: 'file-not-writable',
    message: `the way leads over the symbolic link ${path}, which somebody else can exchange: it could lead anywhere.`,
    hint: `name the place itself that is meant; look at the link: \`ls -ld ${path}\``,
  });
}

const BY_HANDLE = /\/proc\/self\/fd\/\d+\/[^']{0,4096}/;

/** Nobody knows a file by our handle of its folder. */
function underOwnName(error: unknown, path: string): unknown {
  const { message } = error as { readonly message?: unknown };
  if (systemErrorCode(error) !== undefined && typeof message === 'string')
    Object.assign(error as Error, { path, message: message.replace(BY_HANDLE, path) });
  return error;
}
