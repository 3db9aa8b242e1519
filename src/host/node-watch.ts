import { on } from 'node:events';
import type { Watch } from './host.js';

/** chokidar on folders, never on files: a rename over a watched file leaves a file watcher deaf. */
export function createWatch(): Watch {
  return {
    async *folders(paths, signal) {
      const { watch } = await import('chokidar');
      const watcher = watch([...paths], { depth: 0, ignoreInitial: true, followSymlinks: false });
      try {
        for await (const [, path] of on(watcher, 'all', { signal })) yield { path: String(path) };
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await watcher.close();
      }
    },
  };
}
