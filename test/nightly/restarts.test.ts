import { describe, expect, test } from '@jest/globals';
import { dataOf, dockerInfo } from '../e2e/support/daemon.js';
import { useMachine } from '../e2e/support/machine.js';

describe('`daemon restart`, which changes no file', () => {
  const machine = useMachine();

  test('ten times in a row never meets the start limit of three a minute', async () => {
    for (let round = 0; round < 10; round += 1)
      expect(await machine.dockerctl('daemon', 'restart')).toMatchObject({ status: 0 });
  });
});

describe('a change that is to be reloaded', () => {
  const machine = useMachine();
  const ROUNDS = 20;

  test(`is kept where somebody else restarts docker at that very moment, ${ROUNDS} times`, async () => {
    const how: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const debug = String(round % 2 === 0);
      await machine.sh(
        `timeout 240 sh -c 'until grep -qs "state[^a-z]*applied" /var/lib/dockerctl/journal.json; do :; done; ` +
          `sleep ${(round * 0.015).toFixed(3)}; systemctl reset-failed docker; systemctl restart docker' >/dev/null 2>&1 &`,
      );
      const ran = await machine.dockerctl('config', 'set', 'debug', debug, '--json');
      expect([round, ran.status, ran.stderr]).toEqual([round, 0, '']);
      how.push((dataOf(ran) as { activated: { how: string } }).activated.how);
      await machine.sh('timeout 240 sh -c "until docker info >/dev/null 2>&1; do sleep 0.1; done"');
      expect(await dockerInfo(machine, '{{.Debug}}')).toBe(debug);
    }
    expect(how).toContain('overtaken');
  });
});
