import { change } from './change.mjs';
import { someKey } from './hand.mjs';

const readable = ({ look }) => look.info !== null && look.config !== null;

export const UNDO_STEPS = [
  {
    name: 'config set, never confirmed',
    weight: 2,
    when: readable,
    run: async (walk) => {
      const { spec, value } = someKey(walk);
      const argv = ['config', 'set', spec.key, JSON.stringify(value), '--confirm-within', '2s'];
      const taken = await change(walk, argv, { isUndone: true });
      await walk.machine.sh(
        'timeout 120 bash -c "while test -e /var/lib/dockerctl/journal.json; do sleep 0.2; done; until docker version >/dev/null 2>&1; do sleep 0.2; done"',
      );
      return taken;
    },
  },
  {
    name: 'config set, confirmed',
    when: readable,
    run: async (walk) => {
      const { spec, value } = someKey(walk);
      const wish = { key: spec.key, value };
      const argv = ['config', 'set', spec.key, JSON.stringify(value), '--confirm-within', '5m'];
      const taken = await change(walk, argv, { wish });
      const confirmed = await change(walk, ['confirm']);
      return { said: `${taken.said}; ${confirmed.said}`, answers: taken.answers };
    },
  },
];
