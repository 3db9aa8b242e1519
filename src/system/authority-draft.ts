import { basename, dirname, join } from 'node:path';
import type { Host } from '../host/host.js';
import { removeTree } from './folder.js';
import { isRunning } from './process.js';

const DRAFT = /^\.(\d+)-[0-9a-f]+\.new$/u;

/** Of this process: another one before it may have had the same number. */
const ours = new Set<string>();

/**
 * Makes a new authority in a folder that is renamed to `folder` when it is whole: beside it, under a name that says whose
 * it is. Nothing is left of one that fails.
 */
export async function inDraft<Result>(
  host: Host,
  folder: string,
  make: (draft: string) => Promise<Result>,
): Promise<Result> {
  const chance = Buffer.from(host.random.bytes(4)).toString('hex');
  const draft = `${folder}.${host.self.pid}-${chance}.new`;
  ours.add(draft);
  try {
    return await make(draft);
  } catch (error) {
    removeTree(host, draft);
    throw error;
  } finally {
    ours.delete(draft);
  }
}

/** Removes the drafts of processes that died: they hold keys. */
export function removeDeadDrafts(host: Host, folder: string): void {
  const [parent, name] = [dirname(folder), basename(folder)];
  try {
    for (const other of host.fs.list(parent)) {
      const [, pid] = (other.startsWith(name) && DRAFT.exec(other.slice(name.length))) || [];
      const draft = join(parent, other);
      if (pid !== undefined && !ours.has(draft) && !isElsewhere(host, Number(pid)))
        removeTree(host, draft);
    }
  } catch {
    // It is in nobody's way, and the next command tries again.
  }
}

const isElsewhere = (host: Host, pid: number): boolean =>
  pid !== host.self.pid && isRunning(host, pid);
