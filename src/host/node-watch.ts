import { basename } from 'node:path';
import type { Watch } from './host.js';
import type { Paths } from './node-paths.js';

/**
 * chokidar on folders, never on files: a rename over a watched file leaves a file watcher deaf. A watcher for each folder:
 * one of thousands that comes back costs one.
 */
export function createWatch({ real }: Paths): Watch {
  return {
    folder(path, { changed, failed }) {
      const folder = real(path, true);
      const opened = import('chokidar').then(({ watch }) =>
        watch(folder, { depth: 0, ignoreInitial: true, followSymlinks: false })
          .on('all', (_, entry) => {
            changed(basename(entry));
          })
          .on('error', failed)
          // What changed between the look at the folder and now was told by nobody.
          .once('ready', () => {
            changed(null);
          }),
      );
      opened.catch(failed);
      return () => {
        opened.then((watcher) => watcher.close()).catch(failed);
      };
    },
  };
}
