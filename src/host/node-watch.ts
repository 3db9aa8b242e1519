import { on, once } from 'node:events';
import type { Watch } from './host.js';

/** chokidar on folders, never on files: a rename over a watched file leaves a file watcher deaf. */
export function createWatch(): Watch {
  return {
    async *folders(paths, signal) {
      const { watch } = await import('chokidar');
      const watcher = watch([...paths], { depth: 0, ignoreInitial: true, followSymlinks: false });
      try {
        const changes = on(watcher, 'all', { signal });
        await once(watcher, 'ready', { signal });
        yield { path: null };
        for await (const [, path] of changes) yield { path: String(path) };
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await watcher.close();
      }
    },
  };
}
