import { watch } from 'node:fs';
import type { Watch } from './host.js';
import type { Paths } from './node-paths.js';

/** inotify(7) on folders, never on files: a rename over a watched file leaves a file watcher deaf. */
export function createWatch({ real }: Paths): Watch {
  return {
    folder(path, { changed, failed }) {
      const watcher = watch(real(path, true), (_, name) => {
        changed(name);
      });
      watcher.on('error', failed);
      return () => {
        watcher.close();
      };
    },
  };
}
