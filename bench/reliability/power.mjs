import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** FS_IOC_SHUTDOWN (linux/fs.h): what was not made durable is gone, as if the power had failed. */
const CUT =
  'open(my $f, "<", $ARGV[0]) or die; my $flag = pack("L", $ARGV[1]); ioctl($f, 0x8004587d, $flag) or die "shutdown: $!"';

/** How much of the file system's own journal had come to the disk: none of it (NOLOGFLUSH), or all (LOGFLUSH). */
const LOGS = [
  { log: '', flag: '2' },
  { log: ', log flushed', flag: '1' },
];

/** File systems as they are mounted by default, and ext4 as it forgives least. */
export const FILE_SYSTEMS = [
  { name: 'ext4', make: ['mkfs.ext4', '-q', '-F'], options: 'loop' },
  {
    name: 'ext4 writeback',
    make: ['mkfs.ext4', '-q', '-F'],
    options: 'loop,data=writeback,noauto_da_alloc',
  },
  { name: 'xfs', make: ['mkfs.xfs', '-q', '-f'], options: 'loop' },
].flatMap((kind) => LOGS.map(({ log, flag }) => ({ ...kind, name: kind.name + log, flag })));

/** The child that held the lock of a killed process may live a moment longer. */
function unmount(at) {
  const until = Date.now() + 10_000;
  while (spawnSync('umount', [at]).status !== 0)
    if (Date.now() > until) throw new Error(`${at} cannot be unmounted`);
}

/** A disk of its own on a loop device. */
export function createDisk(folder, { make: [mkfs, ...flags], options, flag }) {
  const image = join(folder, 'disk.img');
  const at = join(folder, 'disk');
  mkdirSync(at, { recursive: true });
  execFileSync('truncate', ['-s', '320M', image]);
  execFileSync(mkfs, [...flags, image]);
  const mount = () => execFileSync('mount', ['-o', options, image, at]);
  mount();
  return {
    root: join(at, 'root'),
    sync: () => execFileSync('sync', ['-f', at]),
    cutPower: () => {
      execFileSync('perl', ['-e', CUT, at, flag]);
      unmount(at);
      mount();
    },
    remove: () => {
      unmount(at);
      rmSync(image);
    },
  };
}
