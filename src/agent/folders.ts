import { basename } from 'node:path';
import { messageOf, systemErrorCode } from '../errors.js';
import type { Host } from '../host/host.js';
import type { Listener } from './sources.js';

/** The folders that the kernel tells us of. */
export interface Folders {
  /** Listens to these, and to no others any more; only to what is new it begins to listen, so that one of thousands costs one. */
  readonly watch: (paths: readonly string[]) => void;
  readonly close: () => void;
}

interface Watched {
  readonly inode: string;
  readonly stop: () => void;
  /** The kernel tells us of it from now on. */
  ready: boolean;
  /** The folder was moved or removed: another of its name may have its inode. */
  gone: boolean;
}

export function createFolders(
  host: Host,
  { files, watching }: Pick<Listener, 'files' | 'watching'>,
): Folders {
  const watched = new Map<string, Watched>();
  /** What the kernel has no watch for. */
  const failed = new Set<string>();
  const end = (path: string) => {
    watched.get(path)?.stop();
    watched.delete(path);
  };
  const fail = (path: string, error: unknown) => {
    end(path);
    if (systemErrorCode(error) === 'ENOENT') return;
    // Where one of thousands has none, mostly none has: the first says it for all.
    if (failed.size === 0) watching(messageOf(error));
    failed.add(path);
  };
  const tellWhetherAll = () => {
    if (failed.size === 0 && [...watched.values()].every(({ ready }) => ready)) watching(null);
  };
  const begin = (path: string, inode: string) => {
    const stop = host.watch.folder(path, {
      changed: (name) => {
        if (watched.get(path)?.stop !== stop) return;
        if (name === basename(path)) known.gone = true;
        if (!known.ready) {
          known.ready = true;
          failed.delete(path);
          tellWhetherAll();
        }
        files();
      },
      failed: (error) => {
        if (watched.get(path)?.stop === stop) fail(path, error);
      },
    });
    const known: Watched = { inode, stop, ready: false, gone: false };
    watched.set(path, known);
  };
  return {
    watch(paths) {
      const wanted = new Set(paths);
      for (const path of watched.keys()) if (!wanted.has(path)) end(path);
      for (const path of failed)
        if (!wanted.has(path)) {
          failed.delete(path);
          tellWhetherAll();
        }
      for (const path of wanted) {
        const inode = inodeOf(host, path);
        const before = watched.get(path);
        if (before?.inode === inode && !before.gone) continue;
        end(path);
        if (inode === '') continue;
        try {
          begin(path, inode);
        } catch (error) {
          fail(path, error);
        }
      }
    },
    close() {
      for (const path of watched.keys()) end(path);
    },
  };
}

/** '' where there is nothing. */
function inodeOf(host: Host, path: string): string {
  try {
    const stat = host.fs.stat(path, { follow: true });
    return stat === null ? '' : `${stat.device} ${stat.inode}`;
  } catch {
    return '';
  }
}
