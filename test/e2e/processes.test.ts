import { expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

/** Notes every process that dockerctl starts, in the order of their starts. */
const COUNT = `
const child = require('node:child_process');
const { appendFileSync } = require('node:fs');
const { spawn } = child;
child.spawn = (file, args, options) => {
  appendFileSync('/srv/spawned', [file, ...args].slice(0, 2).join(' ') + '\\n');
  return spawn(file, args, options);
};`;

const machine = useMachine();

test('mirrors set looks at dockerd before it plans, under the lock, and once dockerd was told, and starts no more than that takes', async () => {
  await machine.write('/srv/count.cjs', COUNT);
  const env = { NODE_OPTIONS: '--require /srv/count.cjs' };
  const ran = await machine.exec(['dockerctl', 'mirrors', 'set', 'https://mirror.test:5443'], {
    env,
  });
  expect(ran.status).toBe(0);
  const spawned = (await machine.read('/srv/spawned')).trim().split('\n');
  const count = (start: string) => spawned.filter((line) => line.startsWith(start)).length;
  expect({
    observations: count('systemctl show-environment'),
    units: count('systemctl cat'),
    systemctl: count('systemctl'),
    guard: count('systemd-run'),
    lock: count('flock'),
  }).toEqual({ observations: 3, units: 3, systemctl: 15, guard: 1, lock: 1 });
  expect(count('/usr/sbin/dockerd')).toBeLessThanOrEqual(1);
  // How often the log is asked depends on when dockerd writes.
  const others = spawned.filter(
    (line) => !/^(?:systemctl|systemd-run|flock|journalctl|\/usr\/sbin\/dockerd) /.test(line),
  );
  expect(others).toEqual([]);
});
