import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` with the folder for temporary files on an ext4 of its own, with a journal as hosts have it. Who deletes
 * thousands of files on one without pays for each new one (fs/ext4/ialloc.c, recently_deleted: up to a millisecond), and
 * would measure that. Who may not mount measures on the disk there is.
 */
export function onOwnDisk(work) {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-disk-'));
  const [image, disk] = [join(folder, 'image'), join(folder, 'disk')];
  const before = process.env.TMPDIR;
  execFileSync('mkdir', [disk]);
  execFileSync('truncate', ['-s', '512M', image]);
  execFileSync('mke2fs', ['-q', '-t', 'ext4', image]);
  const isMounted = spawnSync('mount', ['-o', 'loop', image, disk]).status === 0;
  try {
    if (isMounted) process.env.TMPDIR = disk;
    return work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    if (isMounted) execFileSync('umount', [disk]);
    rmSync(folder, { recursive: true });
  }
}
