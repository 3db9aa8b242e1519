import { change } from './change.mjs';
import { someKey } from './hand.mjs';

const runs = ({ look }) => look.info !== null;

/** A change is asked for while dockerd is in a bad way; the fault is taken back afterwards, and the looks frame the change only. */
const during = (name, { fault, mend, weight = 1 }) => ({
  name: `${name}, and a change`,
  weight,
  when: (walk) => runs(walk) && walk.look.config !== null,
  run: async (walk) => {
    await walk.machine.sh(fault);
    const { spec, value } = someKey(walk);
    const argv = walk.random.pick([
      ['config', 'set', spec.key, JSON.stringify(value)],
      ['config', 'set', 'debug', 'true'],
      ['insecure', 'add', 'c.test:5000'],
      ['daemon', 'reload'],
      ['daemon', 'restart'],
    ]);
    const more = { seconds: 10, refuses: true };
    return { ...(await change(walk, [...argv, '--timeout', '10'], more)), mend };
  },
});

export const FAULT_STEPS = [
  during('dockerd stopped by SIGSTOP', {
    fault: 'kill -STOP $(systemctl show --value -p MainPID docker)',
    mend: 'pkill -CONT -x dockerd',
  }),
  during('the socket file removed', {
    fault: 'rm -f /run/docker.sock',
    mend: 'systemctl stop docker; systemctl restart docker.socket; systemctl start docker',
  }),
  {
    name: 'dockerd killed',
    kills: true,
    when: runs,
    run: async ({ machine }) => {
      await machine.sh(
        'kill -9 $(systemctl show --value -p MainPID docker); timeout 40 bash -c "until docker version >/dev/null 2>&1; do sleep 0.1; done"',
      );
      return { said: 'kill -9' };
    },
  },
];
