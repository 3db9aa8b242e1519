import type { Host } from '../../host/host.js';

/** Whether there was anything. Looks first: on a read-only file system unlink(2) gives EROFS even where there is nothing. */
export function unlinkIfThere({ fs }: Host, path: string): boolean {
  if (fs.stat(path) === null) return false;
  fs.unlink(path);
  return true;
}
