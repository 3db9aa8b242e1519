import { basename, dirname, join } from 'node:path';
import type { Host } from '../host/host.js';
import { removeTree } from './folder.js';
import { isRunning } from './process.js';

const DRAFT = /^\.(\d+)-[0-9a-f]+\.new$/u;

/** Where a new authority is made before it is renamed to `folder`: beside it, under a name that says whose it is. */
export const draftOf = ({ self, random }: Host, folder: string): string =>
  `${folder}.${self.pid}-${Buffer.from(random.bytes(4)).toString('hex')}.new`;

/** Removes the drafts of processes that died: they hold keys. For who has no draft of its own yet. */
export function removeDeadDrafts(host: Host, folder: string): void {
  const [parent, name] = [dirname(folder), basename(folder)];
  try {
    for (const other of host.fs.list(parent)) {
      const [, pid] = (other.startsWith(name) && DRAFT.exec(other.slice(name.length))) || [];
      if (pid !== undefined && !isElsewhere(host, Number(pid)))
        removeTree(host, join(parent, other));
    }
  } catch {
    // It is in nobody's way, and the next command tries again.
  }
}

const isElsewhere = (host: Host, pid: number): boolean =>
  pid !== host.self.pid && isRunning(host, pid);
