import { answerOf } from '../views.mjs';
import { someKey } from './hand.mjs';

/**
 * Runs a changing command, and hands back what is to be held against the world: `wish` is the key and value it shall bring
 * (value undefined: out of the file), `seconds` (its --timeout), `refuses` (nothing may be touched).
 */
export async function change({ machine }, argv, { wish = null, ...more } = {}) {
  const answer = answerOf(await machine.dockerctl(...argv, '--json', '--yes'));
  const { status, data, error } = answer;
  const outcome = data?.status ?? error?.code ?? '';
  return {
    said: `${argv.join(' ')} → ${status} ${outcome}`,
    answers: [{ argv, answer, wish, ...more }],
  };
}

const readable = ({ look }) => look.config !== null;
const stopping = ({ random }) => (random.chance(0.3) ? ['--containers', 'stop'] : []);

export const CHANGE_STEPS = [
  {
    name: 'config set',
    weight: 5,
    when: readable,
    run: (walk) => {
      const { spec, value } = someKey(walk);
      const argv = ['config', 'set', spec.key, JSON.stringify(value), ...stopping(walk)];
      return change(walk, argv, { wish: { key: spec.key, value } });
    },
  },
  {
    name: 'config set of what is written',
    when: ({ look }) => Object.keys(look.config ?? {}).length > 0,
    run: (walk) => {
      const [key, value] = walk.random.pick(Object.entries(walk.look.config));
      return change(walk, ['config', 'set', key, JSON.stringify(value)], { wish: { key, value } });
    },
  },
  {
    name: 'config unset',
    weight: 2,
    when: ({ look }) => Object.keys(look.config ?? {}).length > 0,
    run: (walk) => {
      const key = walk.random.pick(Object.keys(walk.look.config));
      return change(walk, ['config', 'unset', key, ...stopping(walk)], {
        wish: { key, value: undefined },
      });
    },
  },
  {
    name: 'daemon reload',
    run: (walk) => change(walk, ['daemon', 'reload']),
  },
  {
    name: 'daemon restart',
    run: (walk) => change(walk, ['daemon', 'restart', ...stopping(walk)]),
  },
  { name: 'config rollback', run: (walk) => change(walk, ['config', 'rollback']) },
];
