import { basename, dirname, join } from 'node:path';
import { fileError } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { createFiles, type TextFile } from './authority-files.js';
import { makeFolders, removeTree } from '../files/folder.js';
import { isRunning } from '../systemd/process.js';
import { assertSafePath } from '../files/safe-path.js';

const DRAFT = /^\.(\d+)-[0-9a-f]+\.new$/u;

/** Of this process: another one before it may have had the same number. */
const ours = new Set<string>();

/** A new authority: its folders, the outermost first, and its files, all below its own folder. */
export interface Draft {
  readonly folders: readonly string[];
  readonly files: readonly TextFile[];
}

/**
 * Where nothing is yet: everything in a folder that nobody knows, which gets its name at once. Nobody needs to be locked
 * out, which would take longer than the certificates. False where something is there, or another was faster. Throws with
 * nothing left behind; `file-not-writable` where somebody else can exchange the folder.
 */
export async function placeAtOnce(host: Host, folder: string, draft: Draft): Promise<boolean> {
  assertSafePath(host, folder, { care: 'name' });
  try {
    if (host.fs.stat(folder) !== null) return false;
    makeFolders(host, dirname(folder), 0o700);
    removeDeadDrafts(host, folder);
    await inDraft(host, folder, async (path) => {
      await write(host, path, draft);
      host.fs.rename(path, folder);
    });
    host.fs.syncFolder(dirname(folder));
    return true;
  } catch (error) {
    if (host.fs.stat(folder) !== null) return false;
    throw fileError(error, folder, 'write');
  }
}

async function write(host: Host, path: string, draft: Draft): Promise<void> {
  const folders = [path, ...draft.folders.map((name) => join(path, name))];
  for (const one of folders) host.fs.makeFolder(one, 0o700);
  await createFiles(host, path, draft.files);
  for (const one of folders) host.fs.syncFolder(one);
}

/** The draft lies beside `folder`, under a name that says whose it is. Nothing is left of one that fails. */
async function inDraft(
  host: Host,
  folder: string,
  make: (draft: string) => Promise<void>,
): Promise<void> {
  const chance = Buffer.from(host.random.bytes(4)).toString('hex');
  const draft = `${folder}.${host.self.pid}-${chance}.new`;
  ours.add(draft);
  try {
    await make(draft);
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
