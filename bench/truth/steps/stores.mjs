import { change } from './change.mjs';

const STORES = [
  ['data-root', '"/srv/docker-b"'],
  ['storage-driver', '"vfs"'],
  ['features.containerd-snapshotter', 'true'],
];
const back = ({ look }) =>
  STORES.map(([key]) => key.split('.')[0]).filter((key) => key in (look.config ?? {}));

export const STORE_STEPS = [
  {
    name: 'another image store',
    when: (walk) => walk.look.info !== null && walk.look.config !== null && back(walk).length === 0,
    run: (walk) => {
      const some = STORES.filter(([key]) => walk.engine !== '20.10' || !key.startsWith('features'));
      const [key, value] = walk.random.pick(some);
      const how = walk.random.chance(0.5) ? ['--containers', 'stop'] : [];
      return change(walk, ['config', 'set', key, value, ...how]);
    },
  },
  {
    name: 'back to the first image store',
    weight: 6,
    when: (walk) => back(walk).length > 0 && walk.look.info !== null,
    run: (walk) => change(walk, ['config', 'unset', back(walk)[0], '--containers', 'stop']),
  },
];
