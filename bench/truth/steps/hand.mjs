import { KEYS } from '../keys.mjs';

/** A key that this engine has, and one of its values. */
export function someKey({ random, engine }) {
  const spec = random.pick(KEYS.filter(({ on }) => on === undefined || on(engine)));
  return { spec, value: random.pick(spec.values) };
}

/** How an editor, a deployment tool and a restored backup write a file. */
const WRITERS = {
  'in place': 'cat >"$1"',
  'by rename': 'cat >"$1.new"; mv "$1.new" "$1"',
  'with an old time': 'cat >"$1.new"; touch -d "2 hours ago" "$1.new"; mv "$1.new" "$1"',
};
const FILE = '/etc/docker/daemon.json';

async function writeFile({ machine, random }, config) {
  const how = random.pick(Object.keys(WRITERS));
  const text = `${JSON.stringify(config, null, random.pick([0, 2]))}\n`;
  await machine.exec(['sh', '-euc', WRITERS[how], 'sh', FILE], { input: text });
  return how;
}

const readable = ({ look }) => look.config !== null;

export const HAND_STEPS = [
  {
    name: 'hand edit: a key set',
    weight: 3,
    when: readable,
    run: async (walk) => {
      const { spec, value } = someKey(walk);
      const how = await writeFile(walk, { ...walk.look.config, ...spec.needs, [spec.key]: value });
      return { said: `${spec.key} = ${JSON.stringify(value)}, written ${how}` };
    },
  },
  {
    name: 'hand edit: a key removed',
    weight: 2,
    when: ({ look }) => Object.keys(look.config ?? {}).length > 0,
    run: async (walk) => {
      const key = walk.random.pick(Object.keys(walk.look.config));
      const { [key]: _, ...config } = walk.look.config;
      return { said: `${key}, written ${await writeFile(walk, config)}` };
    },
  },
  {
    name: 'hand edit: back to nothing',
    when: readable,
    run: async (walk) => ({ said: `{}, written ${await writeFile(walk, {})}` }),
  },
];
