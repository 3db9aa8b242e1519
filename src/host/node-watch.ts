import { on, once } from 'node:events';
import type { Watch } from './host.js';
import type { Paths } from './node-paths.js';

/** chokidar on folders, never on files: a rename over a watched file leaves a file watcher deaf. */
export function createWatch({ real, logical }: Paths): Watch {
  return {
    async *folders(folders, signal) {
      const { watch } = await import('chokidar');
      const paths = folders.map((folder) => real(folder, true));
      const watcher = watch(paths, { depth: 0, ignoreInitial: true, followSymlinks: false });
      try {
        const changes = on(watcher, 'all', { signal });
        await once(watcher, 'ready', { signal });
        yield { path: null };
        for await (const [, path] of changes) yield { path: logical(String(path)) };
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await watcher.close();
      }
    },
  };
}
