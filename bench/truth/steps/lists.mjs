import { change } from './change.mjs';

const readable = ({ look }) => look.info !== null && look.config !== null;
const written = ({ look }, key) => (Array.isArray(look.config[key]) ? look.config[key] : []);

export const LIST_STEPS = [
  {
    name: 'insecure add',
    when: readable,
    run: (walk) => {
      const host = walk.random.pick(['c.test:5000', 'd.test:5000', '10.2.0.0/16']);
      const old = written(walk, 'insecure-registries');
      const value = old.includes(host) ? old : [...old, host];
      return change(walk, ['insecure', 'add', host], {
        list: { key: 'insecure-registries', has: host, value },
      });
    },
  },
  {
    name: 'insecure remove',
    when: (walk) => readable(walk) && written(walk, 'insecure-registries').length > 0,
    run: (walk) => {
      const host = walk.random.pick(written(walk, 'insecure-registries'));
      return change(walk, ['insecure', 'remove', host], {
        list: { key: 'insecure-registries', lacks: host },
      });
    },
  },
  {
    name: 'insecure remove of a flag',
    when: (walk) => readable(walk) && 'insecure-registries' in walk.said,
    weight: 3,
    run: (walk) =>
      change(walk, ['insecure', 'remove', 'flag.test:1'], {
        list: { key: 'insecure-registries', lacks: 'flag.test:1' },
      }),
  },
  {
    name: 'mirrors set',
    when: readable,
    run: (walk) => {
      const url = walk.random.pick(['https://m3.test', 'https://m4.test']);
      return change(walk, ['mirrors', 'set', url], {
        list: { key: 'registry-mirrors', has: `${url}/` },
      });
    },
  },
  {
    name: 'mirrors clear',
    when: (walk) => readable(walk) && written(walk, 'registry-mirrors').length > 0,
    run: (walk) => change(walk, ['mirrors', 'clear']),
  },
  {
    name: 'mirrors clear of a flag',
    when: (walk) => readable(walk) && 'registry-mirrors' in walk.said,
    weight: 3,
    run: (walk) =>
      change(walk, ['mirrors', 'clear'], {
        list: { key: 'registry-mirrors', lacks: 'https://flag.test/' },
      }),
  },
  {
    name: 'runtime add',
    when: readable,
    run: (walk) => change(walk, ['runtime', 'add', 'third', '--path', '/usr/bin/runc']),
  },
  {
    name: 'cgroup set',
    when: readable,
    run: (walk) => change(walk, ['cgroup', 'set', walk.random.pick(['systemd', 'cgroupfs'])]),
  },
];
