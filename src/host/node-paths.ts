import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemErrorCode } from '../errors.js';

const MOST_LINKS = 40;

/** Turns the logical paths of the port into real ones. */
export interface Paths {
  /** The real path of the entry itself: every link on the way is followed, the last one only with `follow`. */
  readonly real: (path: string, follow?: boolean) => string;
  /** The way back: the logical name of a real path below the root. */
  readonly logical: (real: string) => string;
}

/** `root` null: paths are what they are. Else links resolve as after chroot(2): none leads out of the root. */
export function createPaths(root: string | null): Paths {
  if (root === null) return { real: (path) => path, logical: (real) => real };
  return {
    real: (path, follow = false) =>
      withoutLinks(root, path, follow) ?? join(root, resolveBelow(root, { path, follow })),
    logical: (real) => (real === root ? '/' : real.slice(root.length)),
  };
}

/** The usual case in one call of the kernel's own: nothing on the way is a link, so the path is what it says. */
function withoutLinks(root: string, path: string, follow: boolean): string | null {
  const plain = join(root, path);
  const way = follow ? plain : dirname(plain);
  return !path.split('/').includes('..') && realpathOf(way) === way ? plain : null;
}

function realpathOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

function resolveBelow(root: string, { path, follow }: { path: string; follow: boolean }): string {
  const pending = path.split('/').filter(Boolean);
  const resolved: string[] = [];
  let links = 0;
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (name === '.') continue;
    if (name === '..') {
      resolved.pop();
      continue;
    }
    const target = pending.length > 0 || follow ? linkTarget(join(root, ...resolved, name)) : null;
    if (target === null) {
      resolved.push(name);
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) throw systemError('ELOOP', path);
    if (target.startsWith('/')) resolved.length = 0;
    pending.unshift(...target.split('/').filter(Boolean));
  }
  return `/${resolved.join('/')}`;
}

/** Below a file there is no link: the call that the path is for then says ENOTDIR. */
function linkTarget(path: string): string | null {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    return stat?.isSymbolicLink() === true ? readlinkSync(path) : null;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** An error in Node's own shape, for what Node does not check itself. */
export function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}
