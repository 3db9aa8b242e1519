import { found } from './codes.js';
import type { Family } from './facts.js';

const GIB = 1024 ** 3;

export const diskFamily: Family = {
  name: 'disk',
  ok: 'there is room for images',
  find: ({ disk }) => {
    if (disk === null || disk.freeBytes >= GIB) return [];
    const mib = Math.floor(disk.freeBytes / 1024 ** 2);
    return [
      found('disk-low', {
        subject: disk.path,
        path: disk.path,
        message: `${mib} MiB are left: pulls and builds fail, and containers that write.`,
        hint: 'docker system prune --all',
      }),
    ];
  },
};
