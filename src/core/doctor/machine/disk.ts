import { found } from '../codes.js';
import type { Family } from '../facts.js';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export const diskFamily: Family = {
  name: 'disk',
  unseen: ({ disk, filesOnly, observed }) =>
    filesOnly || (disk === null && observed.state !== 'absent'),
  ok: 'there is room for images',
  find: ({ disk }) => {
    if (disk === null || disk.freeBytes >= leastOf(disk.sizeBytes)) return [];
    const percent = Math.floor((100 * disk.freeBytes) / disk.sizeBytes);
    return [
      found('disk-low', {
        subject: disk.path,
        path: disk.path,
        message: `${Math.floor(disk.freeBytes / MIB)} MiB are left, ${percent} %: pulls and builds fail, and containers that write.`,
        hint: 'docker system prune --all',
      }),
    ];
  },
};

/** A tenth, as journald and kubelet see it; of a large disk what a few images need, of a small one what a layer needs. */
function leastOf(sizeBytes: number): number {
  return Math.min(Math.max(sizeBytes / 10, 256 * MIB), 5 * GIB);
}
