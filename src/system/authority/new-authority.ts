import { basename, dirname, join } from 'node:path';
import { fileError } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { createFiles, type TextFile } from './authority-files.js';
import { makeFolders, removeTree } from '../files/folder.js';
import { isRunning } from '../systemd/process.js';
import { assertSafePath } from '../files/safe-path.js';

const STAGED = /^\.(\d+)-[0-9a-f]+\.new$/u;

/** Of this process: another one before it may have had the same number. */
const ours = new Set<string>();

/** A new authority: its folders, the outermost first, and its files, all below its own folder. */
export interface AuthorityTree {
  readonly folders: readonly string[];
  readonly files: readonly TextFile[];
}

/**
 * Where nothing is yet: everything in a folder that nobody knows, which gets its name at once. Nobody needs to be locked
 * out, which would take longer than the certificates. False where something is there, or another was faster. Throws with
 * nothing left behind; `file-not-writable` where somebody else can exchange the folder.
 */
export async function placeAtOnce(
  host: Host,
  folder: string,
  staging: AuthorityTree,
): Promise<boolean> {
  assertSafePath(host, folder, { care: 'name' });
  try {
    if (host.fs.stat(folder) !== null) return false;
    makeFolders(host, dirname(folder), 0o700);
    // One that appeared since may be anybody's; what is there now stays.
    assertSafePath(host, folder, { care: 'name' });
    removeStaleStaging(host, folder);
    await inStagingFolder(host, folder, async (path) => {
      await write(host, path, staging);
      host.fs.rename(path, folder);
    });
    host.fs.syncFolder(dirname(folder));
    return true;
  } catch (error) {
    if (host.fs.stat(folder) !== null) return false;
    throw fileError(error, folder, 'write');
  }
}

async function write(host: Host, path: string, staging: AuthorityTree): Promise<void> {
  const folders = [path, ...staging.folders.map((name) => join(path, name))];
  for (const one of folders) host.fs.makeFolder(one, 0o700);
  await createFiles(host, path, staging.files);
  for (const one of folders) host.fs.syncFolder(one);
}

/** The staging folder lies beside `folder`, under a name that holds our pid. It is removed where `make` fails. */
async function inStagingFolder(
  host: Host,
  folder: string,
  make: (staging: string) => Promise<void>,
): Promise<void> {
  const chance = Buffer.from(host.random.bytes(4)).toString('hex');
  const staging = `${folder}.${host.self.pid}-${chance}.new`;
  ours.add(staging);
  try {
    await make(staging);
  } catch (error) {
    removeTree(host, staging);
    throw error;
  } finally {
    ours.delete(staging);
  }
}

/** Removes the staging folders of processes that died: they hold keys. */
export function removeStaleStaging(host: Host, folder: string): void {
  const [parent, name] = [dirname(folder), basename(folder)];
  try {
    for (const other of host.fs.list(parent)) {
      const [, pid] = (other.startsWith(name) && STAGED.exec(other.slice(name.length))) || [];
      const staging = join(parent, other);
      if (pid !== undefined && !ours.has(staging) && !isElsewhere(host, Number(pid)))
        removeTree(host, staging);
    }
  } catch {
    // It is in nobody's way, and the next command tries again.
  }
}

const isElsewhere = (host: Host, pid: number): boolean =>
  pid !== host.self.pid && isRunning(host, pid);
