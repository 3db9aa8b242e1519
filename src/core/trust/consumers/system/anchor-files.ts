import { join } from 'node:path';
import { namesIn, type Snapshot } from '../../../plan/snapshot.js';
import type { SystemStore } from './system-stores.js';

/** update-ca-certificates of Debian and those that took it over: particular about its files, and goes into folders. */
export const isDebianTool = ({ anchors }: SystemStore): boolean =>
  anchors === '/usr/local/share/ca-certificates';

const MOST_FOLDERS = 100;

/**
 * Paths of the files where an operator puts CAs, in the order of the tool; Debian's goes into folders, too (`find -L`).
 * Asked of a snapshot again and again, it names what is still to be read.
 */
export function anchorFiles(snapshot: Snapshot, store: SystemStore): string[] {
  const files: string[] = [];
  const folders = [store.anchors];
  for (const folder of folders)
    for (const name of namesIn(snapshot, folder)) {
      const path = join(folder, name);
      if (snapshot.get(path)?.kind !== 'folder') files.push(path);
      else if (isDebianTool(store) && folders.length < MOST_FOLDERS) folders.push(path);
    }
  return files;
}
