import { describe, expect, test } from '@jest/globals';
import { FILE, GOOD, IS_BACK, IS_SETTLED, until, useKeptMachine } from '../e2e/support/agent.js';

const KILLS = 50;
const ROUND_MS = 30_000;

describe('the agent', () => {
  const machine = useKeptMachine();

  test(
    `leaves a whole file whenever it is killed, ${KILLS} times, and settles it when it starts again`,
    async () => {
      for (let round = 0; round < KILLS; round += 1) {
        await machine.dockerctl('resume');
        await machine.sh(`sed -i s/mirror.example/other.example/ ${FILE}`);
        await machine.sh(`
        sleep 0.$((RANDOM % 90 + 10)); [ $((RANDOM % 2)) = 0 ] && sleep 0.6
        systemctl kill -s KILL --kill-who=main dockerctl || true # between two lives there is nobody to kill
        grep -qE '^.{50,}json-file.{0,2}$' ${FILE}
      `);
        await until(machine, IS_BACK);
      }
      await until(machine, IS_SETTLED);
      expect(await machine.read(FILE)).toBe(GOOD);
      const killed = await machine.sh('systemctl show --value -p NRestarts dockerctl');
      expect(Number(killed)).toBeGreaterThan(KILLS / 2);
    },
    KILLS * ROUND_MS,
  );
});
